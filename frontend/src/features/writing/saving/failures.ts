import { NetworkError, ProblemError } from '@/lib/problem'

import { fieldOfPointer, type DraftField } from './draft'

export type FieldErrors = Partial<Record<DraftField, string>>

/** In milliseconds. */
const retryEvery = 5000

/** Whether trying again later may help: no connection, a server in trouble, too many requests, the first still at work. */
export const isPassing = (error: unknown): boolean =>
  error instanceof NetworkError ||
  (error instanceof ProblemError &&
    (error.status >= 500 || error.status === 429 || error.code === 'idempotency_key_in_use'))

/** How long to wait before the next try, in milliseconds. */
export const retryDelay = (error?: unknown): number =>
  error instanceof ProblemError && error.retryAfter ? error.retryAfter * 1000 : retryEvery

/** What was wrong with each field; the first thing said of it. */
export function fieldErrors(problem: ProblemError): FieldErrors {
  const found: FieldErrors = {}
  for (const { pointer, detail } of problem.errors) {
    const name = fieldOfPointer(pointer)
    if (name) found[name] ??= detail
  }
  return found
}
