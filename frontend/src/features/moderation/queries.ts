import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import {
  cursorOf,
  getModerationSummary,
  listAppeals,
  listDecisions,
  listModerationQueue,
  listModerationRules,
  listMyDecisions,
  listMyReports,
} from '@/api'

interface Page<Row> {
  readonly results: readonly Row[]
  readonly next: string | null
}
interface Reading {
  readonly query: { readonly limit: number; readonly cursor?: string }
  readonly signal: AbortSignal
}

/** A list that comes page by page. */
const pages = <Row>(name: readonly string[], list: (options: Reading) => Promise<Page<Row>>) =>
  infiniteQueryOptions({
    queryKey: name,
    queryFn: ({ pageParam, signal }) =>
      list({ query: { limit: 20, ...(pageParam === '' ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page: Page<Row>) => cursorOf(page.next),
  })

/** What waits for a moderator, or what was decided. */
export const casesQuery = (show: 'open' | 'closed') =>
  pages(['moderation', 'cases', show], ({ query, signal }) =>
    listModerationQueue({ query: { ...query, show }, signal }),
  )
/** Appeals that wait, those that waited longest first. */
export const appealsQuery = () => pages(['moderation', 'appeals'], listAppeals)
/** The newest decisions first; `person`: about whom, or everybody. */
export const logQuery = (person: string) =>
  pages(['moderation', 'log', person], ({ query, signal }) =>
    listDecisions({ query: { ...query, ...(person !== '' && { person }) }, signal }),
  )
export const rulesQuery = () => pages(['moderation', 'rules'], listModerationRules)
export const myDecisionsQuery = () => pages(['my', 'decisions'], listMyDecisions)
export const myReportsQuery = () => pages(['my', 'reports'], listMyReports)

/** How much is open. */
export const summaryQuery = () =>
  queryOptions({
    queryKey: ['moderation', 'summary'],
    queryFn: ({ signal }) => getModerationSummary({ signal }),
  })
