import { computed, toValue, type MaybeRefOrGetter } from 'vue'

import { ProblemError } from '@/lib/problem'

import { useAuthMessages } from './useAuthMessages'

/** For a 429: how long to wait, in words; undefined for anything else. */
export function useLimitText(error: MaybeRefOrGetter<unknown>) {
  const { t, locale } = useAuthMessages()
  return computed(() => {
    const cause = toValue(error)
    if (!(cause instanceof ProblemError) || cause.status !== 429) return undefined
    const seconds = cause.retryAfter ?? 60
    if (seconds < 60) return t('auth.limit.seconds', { count: Math.max(1, seconds) }, Math.max(1, seconds))
    const minutes = Math.ceil(seconds / 60)
    const until = new Date(Date.now() + seconds * 1000)
    const time = until.toLocaleTimeString(locale.value, { hour: '2-digit', minute: '2-digit' })
    return t('auth.limit.minutes', { count: minutes, time }, minutes)
  })
}
