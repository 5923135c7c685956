import { onBeforeUnmount, readonly, ref, shallowRef } from 'vue'

import { beginSession, onSessionChange, type Challenge, type NextStep, type SignInResponse } from '@/api'
import { ProblemError } from '@/lib/problem'

/**
 * Where one stands on the way in. A challenge belongs to whoever began the step: it is kept here, in memory, and
 * nowhere else, so that it ends with the page.
 */
export type SignInState =
  | { readonly step: 'form' }
  | { readonly step: 'ask'; readonly purpose: 'sign_in' | 'reset' }
  | {
      readonly step: 'code'
      readonly purpose: 'sign_in' | 'verify_email'
      readonly challenge: string
      /** The name or address that the code was asked for; empty where the server alone knows it. */
      readonly to: string
    }
  | { readonly step: 'reset'; readonly challenge: string; readonly to: string }
  | { readonly step: 'second_factor'; readonly challenge: string; readonly methods: NextStep['methods'] }
  | { readonly step: 'done' }

/** The step was tried too often or took too long: only beginning again helps. */
export const isOver = (error: unknown): boolean =>
  error instanceof ProblemError && error.code === 'challenge_over'

type Start = Extract<SignInState, { step: 'form' | 'ask' }>

interface Options {
  readonly start?: Start
  /** One is in. `reset` tells that a new password was set on the way, which ended all other sessions. */
  readonly done: (reset: boolean) => unknown
}

/** The name that was typed: on the next screen one need not type it again. In memory, as the rest. */
const name = ref('')

/** The way in, from the first form through the steps that the server asks for to a session. */
export function useSignIn({ start = { step: 'form' }, done }: Options) {
  const state = shallowRef<SignInState>(start)
  const password = ref('')
  let reset = false

  function finish(): void {
    state.value = { step: 'done' }
    name.value = password.value = ''
  }

  // In another tab one is faster.
  const stop = onSessionChange((now) => {
    if (!now || state.value.step === 'done') return
    finish()
    done(false)
  })
  onBeforeUnmount(stop)

  /** What the server made of a proof: a session, or one more step. `to` is where it will have sent a code. */
  function proceed(answer: SignInResponse, to = ''): void {
    if (state.value.step === 'reset') reset = true
    if ('access' in answer) {
      finish()
      beginSession(answer)
      done(reset)
    } else if (answer.step === 'verify_email') {
      state.value = { step: 'code', purpose: 'verify_email', challenge: answer.challenge, to }
    } else {
      state.value = { step: 'second_factor', challenge: answer.challenge, methods: answer.methods }
    }
  }

  /** A code was asked for, and is on its way if there is such an account. */
  function expectCode(purpose: 'sign_in' | 'reset', { challenge }: Challenge): void {
    const to = name.value.trim()
    state.value =
      purpose === 'reset' ? { step: 'reset', challenge, to } : { step: 'code', purpose, challenge, to }
  }

  return {
    state: readonly(state),
    name,
    /** For whoever comes back from another step to the name and the password. */
    password,
    proceed,
    expectCode,
    ask: (purpose: 'sign_in' | 'reset') => (state.value = { step: 'ask', purpose }),
    /** To the name and the password. */
    useForm: () => (state.value = { step: 'form' }),
    /** To where this way in began. */
    begin: () => (state.value = start),
  }
}

export type SignIn = ReturnType<typeof useSignIn>
