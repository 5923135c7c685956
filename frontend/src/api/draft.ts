import type { Challenge } from './auth-steps'
import type { Me, PostSummaryPage, User } from './generated'
import { client } from './generated/client.gen'

interface Given {
  body?: unknown
  query?: Record<string, unknown>
  path?: Record<string, string>
  headers?: Record<string, string>
  signal?: AbortSignal
}
const call =
  <Answer>(method: 'get' | 'post' | 'put' | 'patch' | 'delete', url: string) =>
  (given: Given = {}) =>
    client[method]<{ 200: Answer }, unknown, true, 'data'>({
      url,
      responseStyle: 'data',
      throwOnError: true,
      ...(given.body === undefined ? {} : { headers: { 'Content-Type': 'application/json' } }),
      ...given,
    })

interface Page<Item> { results: Item[]; next: string | null; previous: string | null }
export interface Session { id: string; current: boolean; device: string; address_class: string; address: string | null; methods: string[]; created_at: string; used_at: string }
export interface SecurityEvent { id: number; kind: string; detail: string; device: string; address: string | null; created_at: string; by_owner: boolean }
export interface Passkey { id: number; name: string; created_at: string; last_used_at: string | null }
export interface TotpSetup { challenge: string; secret: string; url: string; qr: string }
export interface ApiToken { id: number; name: string; hint: string; scopes: string[]; created_at: string; expires_at: string; last_used_at: string | null }
export interface Export { status: 'waiting' | 'ready' | 'failed'; requested_at: string; ready_at: string | null; expires_at: string | null; size: number | null }
export interface Codes { recovery_codes: string[] }
export interface Tokens { access: string; expires_in: number }

export const setAvatar = call<Me>('put', '/api/v1/me/avatar')
export const removeAvatar = call<Me>('delete', '/api/v1/me/avatar')
export const changePassword = call<Tokens>('post', '/api/v1/auth/password')
export const changeEmail = call<Challenge>('post', '/api/v1/auth/email')
export const confirmEmail = call<Me>('post', '/api/v1/auth/email/confirm')
export const startTotp = call<TotpSetup>('post', '/api/v1/auth/totp')
export const confirmTotp = call<Codes>('post', '/api/v1/auth/totp/confirm')
export const removeTotp = call<undefined>('delete', '/api/v1/auth/totp')
export const makeRecoveryCodes = call<Codes>('post', '/api/v1/auth/recovery-codes')
export const startPasskey = call<{ challenge: string; options: unknown }>('post', '/api/v1/auth/passkeys/options')
export const addPasskey = call<Passkey & Codes>('post', '/api/v1/auth/passkeys')
export const removePasskey = call<undefined>('delete', '/api/v1/auth/passkeys/{id}')
export const listSessions = call<Page<Session>>('get', '/api/v1/me/sessions')
export const endSessionById = call<undefined>('delete', '/api/v1/me/sessions/{id}')
export const endOtherSessions = call<undefined>('delete', '/api/v1/me/sessions')
export const listSecurityEvents = call<Page<SecurityEvent>>('get', '/api/v1/me/security-events')
export const listApiTokens = call<Page<ApiToken>>('get', '/api/v1/me/tokens')
export const createApiToken = call<ApiToken & { token: string }>('post', '/api/v1/me/tokens')
export const revokeApiToken = call<undefined>('delete', '/api/v1/me/tokens/{id}')
export const followUser = call<undefined>('put', '/api/v1/users/{username}/follow')
export const unfollowUser = call<undefined>('delete', '/api/v1/users/{username}/follow')
export const blockUser = call<undefined>('put', '/api/v1/users/{username}/block')
export const unblockUser = call<undefined>('delete', '/api/v1/users/{username}/block')
export const listFollowing = call<Page<User>>('get', '/api/v1/me/following')
export const listBlocks = call<Page<User>>('get', '/api/v1/me/blocks')
export const getFeed = call<PostSummaryPage>('get', '/api/v1/me/feed')
export const askExport = call<Export>('post', '/api/v1/me/export')
export const getExport = call<Export>('get', '/api/v1/me/export')
export const deleteAccount = call<Me>('delete', '/api/v1/me')
export const keepAccount = call<Me>('post', '/api/v1/me/keep')
