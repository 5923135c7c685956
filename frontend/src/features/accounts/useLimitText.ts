import { computed, toValue, type MaybeRefOrGetter } from 'vue'

import { ProblemError } from '@/lib/problem'

import { useAuthMessages } from './useAuthMessages'

/** For a 429: how long to wait, in words; undefined for anything else. */
export function useLimitText(error: MaybeRefOrGetter<unknown>) {
  const { t } = useAuthMessages()
  return computed(() => {
    const cause = toValue(error)
    if (!(cause instanceof ProblemError) || cause.status !== 429) return undefined
    const seconds = cause.retryAfter ?? 60
    if (seconds < 60) return t('auth.limit.seconds', { count: Math.max(1, seconds) }, Math.max(1, seconds))
    const minutes = Math.ceil(seconds / 60)
    return t('auth.limit.minutes', { count: minutes }, minutes)
  })
}
