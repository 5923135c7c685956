import { infiniteQueryOptions } from '@tanstack/vue-query'

import { cursorOf, listSessions } from '@/api'

/** Where one is signed in, the latest used first. */
export const sessionsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['account', 'sessions'],
    queryFn: ({ pageParam, signal }) =>
      listSessions({ query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
