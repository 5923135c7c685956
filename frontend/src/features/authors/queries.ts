import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, getUser, listFollowing, listUsers } from '@/api'

/** What everybody may know of a person; for members also how they stand to them. */
export const authorQuery = (username: string, asMember = false) =>
  queryOptions({
    queryKey: ['authors', username, asMember],
    queryFn: ({ signal }) =>
      getUser({ path: { username }, query: asMember ? { include: 'relation' } : {}, signal }),
  })

/** Those who have published most. */
export const suggestionsQuery = () =>
  queryOptions({
    queryKey: ['people', 'suggestions'],
    queryFn: ({ signal }) =>
      listUsers({ query: { order: 'most-posts', include: 'relation', limit: 12 }, signal }),
  })

/** Whom one follows, the latest first. */
export const followingQuery = () =>
  infiniteQueryOptions({
    queryKey: ['people', 'following'],
    queryFn: ({ pageParam, signal }) =>
      listFollowing({ query: { limit: 12, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
