import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf } from '@/api'

import {
  getSummary,
  listAppeals,
  listCases,
  listDecisions,
  listMyDecisions,
  listMyReports,
  type Page,
} from './contract'

interface Reading {
  readonly query: Record<string, string | number>
  readonly signal: AbortSignal
}

/** A list that comes page by page. */
const pages = <Row>(
  name: readonly string[],
  list: (options: Reading) => Promise<Page<Row>>,
  filters: Record<string, string | number> = {},
) =>
  infiniteQueryOptions({
    queryKey: [...name, filters],
    queryFn: ({ pageParam, signal }) =>
      list({ query: { limit: 20, ...filters, ...(pageParam === '' ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page: Page<Row>) => cursorOf(page.next),
  })

/** What waits for a moderator, the oldest first; or what was decided, the newest first. */
export const casesQuery = (show: 'open' | 'closed') => pages(['moderation', 'cases'], listCases, { show })
export const appealsQuery = () => pages(['moderation', 'appeals'], listAppeals)
export const logQuery = (filters: { person?: string } = {}) =>
  pages(['moderation', 'log'], listDecisions, filters)
export const myDecisionsQuery = () => pages(['my', 'decisions'], listMyDecisions)
export const myReportsQuery = () => pages(['my', 'reports'], listMyReports)

/** How much is open. */
export const summaryQuery = () =>
  queryOptions({ queryKey: ['moderation', 'summary'], queryFn: ({ signal }) => getSummary({ signal }) })
