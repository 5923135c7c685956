import { onBeforeUnmount, ref, shallowRef } from 'vue'

import { resendCode } from '@/api'
import { announce } from '@/composables/useAnnouncer'
import { ProblemError } from '@/lib/problem'

import { useAuthMessages } from '../useAuthMessages'
import { useFailureText } from '../useFailureText'

/** In seconds: a mail deserves so long before one asks for another. */
const pause = 30

/** Asking for another code, not more often than makes sense. */
export function useResend(challenge: () => string) {
  const { t } = useAuthMessages()
  const left = ref(0)
  const busy = ref(false)
  const failure = shallowRef<unknown>()
  const problem = useFailureText(failure)
  let until = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    left.value = Math.max(0, Math.ceil((until - Date.now()) / 1000))
    if (left.value === 0) clearInterval(timer)
  }

  function wait(seconds: number): void {
    until = Date.now() + seconds * 1000
    clearInterval(timer)
    timer = setInterval(tick, 500)
    tick()
  }

  async function resend(): Promise<void> {
    if (busy.value || left.value > 0) return
    busy.value = true
    failure.value = undefined
    try {
      await resendCode({ body: { challenge: challenge() } })
      announce(t('auth.resend.sent'))
      wait(pause)
    } catch (error) {
      failure.value = error
      if (error instanceof ProblemError && error.retryAfter) wait(error.retryAfter)
    } finally {
      busy.value = false
    }
  }

  wait(pause)
  onBeforeUnmount(() => clearInterval(timer))
  return { left, busy, problem, resend }
}
