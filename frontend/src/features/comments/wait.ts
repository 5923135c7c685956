import type { ProblemError } from '@/lib/problem'

type Translate = (key: string, named: Record<string, unknown>, plural: number) => string

/** A time to wait in words, in minutes where it is longer than two of them. */
export function durationText(seconds: number, t: Translate): string {
  const minutes = Math.ceil(seconds / 60)
  return seconds > 120
    ? t('comments.minutes', { count: minutes }, minutes)
    : t('comments.seconds', { count: seconds }, seconds)
}

/** When to try again, where slow mode or a limit says so. */
export function waitText(problem: ProblemError, t: Translate): string | undefined {
  if (problem.status !== 429 || problem.retryAfter === undefined) return undefined
  const key = problem.code === 'slow_mode' ? 'comments.slow.wait' : 'comments.busy'
  const count = problem.retryAfter
  return t(key, { time: durationText(count, t) }, count)
}
