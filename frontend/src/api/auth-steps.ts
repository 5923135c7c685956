import { client } from './generated/client.gen'
import type { Token } from './generated/types.gen'

/** What the operations of signing in answer with, until the generated client has them. */
export type Method = 'email_code' | 'passkey' | 'totp' | 'recovery_code'
export interface NextStep {
  readonly step: 'verify_email' | 'second_factor'
  readonly challenge: string
  readonly methods: readonly Method[]
}
export interface Challenge {
  readonly challenge: string
  readonly expires_in: number
}
export interface PasskeyChallenge {
  readonly challenge: string
  readonly options: Record<string, unknown>
}
export interface Factors {
  readonly totp: boolean
  readonly recovery_codes_left: number
  readonly passkeys: readonly { readonly id: number; readonly name: string }[]
  readonly required: boolean
}
export type SignInAnswer = Token | NextStep

const headers = { 'Content-Type': 'application/json' }
const post =
  <Body extends object, Answer>(path: string) =>
  ({ body }: { body: Body }) =>
    client.post<{ 200: Answer }, unknown, true, 'data'>({
      url: `/api/v1/auth/${path}`,
      responseStyle: 'data',
      headers,
      body,
    })

interface Step {
  challenge: string
}
interface Code extends Step {
  code: string
}
interface Credential extends Step {
  credential: Record<string, unknown>
}

export const verifyEmail = post<Code, SignInAnswer>('email/verify')
export const resendCode = post<Step, undefined>('code/resend')
export const requestSignInCode = post<{ username: string }, Challenge>('code')
export const confirmSignInCode = post<Code, SignInAnswer>('code/confirm')
export const requestPasswordReset = post<{ username: string }, Challenge>('password/reset')
export const confirmPasswordReset = post<Code & { password: string }, SignInAnswer>('password/reset/confirm')
export const giveSecondFactor = post<Code, Token>('second-factor')
export const getSecondFactorPasskeyOptions = post<Step, Omit<PasskeyChallenge, 'challenge'>>(
  'second-factor/passkey-options',
)
export const giveSecondFactorPasskey = post<Credential, Token>('second-factor/passkey')
export const getPasskeySignInOptions = post<Record<never, never>, PasskeyChallenge>('passkey/options')
export const signInWithPasskey = post<Credential, Token>('passkey')
export const confirmIdentity = post<{ password: string } | { code: string }, undefined>('confirm')
export const getConfirmationPasskeyOptions = post<Record<never, never>, PasskeyChallenge>(
  'confirm/passkey-options',
)
export const confirmIdentityWithPasskey = post<Credential, undefined>('confirm/passkey')
export const startAdminSession = post<Record<never, never>, undefined>('admin-session')
export const getFactors = ({ signal }: { signal?: AbortSignal } = {}) =>
  client.get<{ 200: Factors }, unknown, true, 'data'>({
    url: '/api/v1/auth/factors',
    responseStyle: 'data',
    signal,
  })
