import { infiniteQueryOptions } from '@tanstack/vue-query'

import { cursorOf, listComments } from '@/api'

export const orders = ['oldest', 'newest'] as const
export type Order = (typeof orders)[number]

const pageSize = 50
const start = (): string | null => null

/** The comments under a post in the order of the thread; for members with what they may do. */
export const threadQuery = (slug: string, order: Order, asMember: boolean) =>
  infiniteQueryOptions({
    queryKey: ['comments', slug, order, asMember],
    queryFn: ({ pageParam, signal }) =>
      listComments({
        path: { slug },
        query: {
          order,
          limit: pageSize,
          ...(pageParam === null ? {} : { cursor: pageParam }),
          ...(asMember ? { include: 'permissions' } : {}),
        },
        signal,
      }),
    initialPageParam: start(),
    getNextPageParam: (page) => cursorOf(page.next),
    // Whoever signs in while reading goes on reading; what members had is never shown to others.
    placeholderData: (before, query) =>
      asMember && query?.queryKey[1] === slug && query.queryKey[2] === order ? before : undefined,
    // Comments that come and go by themselves would move what is being read.
    refetchOnWindowFocus: false,
  })
