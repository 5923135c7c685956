import { HttpResponse } from 'msw'

/** One page of a list. */
export const listOf = <Item>(
  results: readonly Item[],
  next: string | null = null,
  previous: string | null = null,
) => HttpResponse.json({ results, next, previous })

/** A problem document, as every answer outside 2xx is. */
export const problem = (status: number, given: Record<string, unknown> = {}) =>
  HttpResponse.json(
    { type: 'about:blank', title: `HTTP ${status}`, status, code: 'problem', request_id: 'req-1', ...given },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
