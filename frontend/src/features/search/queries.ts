import { infiniteQueryOptions } from '@tanstack/vue-query'

import { cursorOf, search } from '@/api'

export const kinds = ['all', 'posts', 'comments'] as const
export type Kind = (typeof kinds)[number]

/** As much as the API takes. */
export const longest = 200

/** What answers the words, the best first, page by page from that of the cursor on. */
export const searchQuery = (words: string, kind: Kind, start = '') =>
  infiniteQueryOptions({
    queryKey: ['search', words, kind, start],
    queryFn: ({ pageParam, signal }) =>
      search({ query: { q: words, type: kind, limit: 15, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: start,
    getNextPageParam: (page) => cursorOf(page.next),
    enabled: words.trim() !== '',
    // While one types, what was found stands until there is something else.
    placeholderData: (before, query) => (query?.queryKey[2] === kind ? before : undefined),
  })
