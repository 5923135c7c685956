import { infiniteQueryOptions } from '@tanstack/vue-query'

import { cursorOf, listSecurityEvents } from '@/api'

/** What concerned the account's security, newest first. */
export const securityEventsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['account', 'security-events'],
    queryFn: ({ pageParam, signal }) =>
      listSecurityEvents({ query: { limit: 15, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
