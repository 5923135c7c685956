import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'

import { resendCode } from '@/api'
import { announce } from '@/composables/useAnnouncer'
import { useErrorText } from '@/composables/useErrorText'
import { ProblemError } from '@/lib/problem'

import { useAuthMessages } from '../useAuthMessages'
import { useLimitText } from '../useLimitText'

/** In seconds: a mail deserves so long before one asks for another. */
const pause = 30

/** Asking for another code, not more often than makes sense. */
export function useResend(challenge: () => string) {
  const { t } = useAuthMessages()
  const left = ref(0)
  const busy = ref(false)
  const failure = shallowRef<unknown>()
  const limit = useLimitText(failure)
  const text = useErrorText(failure)
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

  const problem = computed(() => {
    const cause = failure.value
    if (!cause) return ''
    if (limit.value) return limit.value
    return cause instanceof ProblemError && cause.status < 500 && cause.detail
      ? cause.detail
      : text.value.detail
  })

  wait(pause)
  onBeforeUnmount(() => clearInterval(timer))
  return { left, busy, problem, resend }
}
