import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, getPost, getUser, listReviewNotes } from '@/api'
import { isNotFound } from '@/lib/problem'

/** In milliseconds: what others do to the post shows within this time. */
export const freshFor = 20_000

/** Where the review stands, who writes the post, and what one may do with it: what others change. */
export const standingQuery = (slug: string) =>
  queryOptions({
    queryKey: ['writing', 'standing', slug],
    queryFn: ({ signal }) =>
      getPost({
        path: { slug },
        query: { fields: 'version,author,co_authors', include: 'permissions,workflow' },
        signal,
      }),
    refetchInterval: freshFor,
  })

/** Remarks and steps, the latest first. */
export const notesQuery = (slug: string) =>
  infiniteQueryOptions({
    queryKey: ['writing', 'notes', slug],
    queryFn: ({ pageParam, signal }) =>
      listReviewNotes({
        path: { slug },
        query: { limit: 30, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
    refetchInterval: freshFor,
  })

/** Somebody by their whole username; null where there is nobody. */
export const personQuery = (username: string) =>
  queryOptions({
    queryKey: ['writing', 'person', username.toLowerCase()],
    queryFn: ({ signal }) =>
      getUser({ path: { username }, signal }).catch((error: unknown) => {
        if (isNotFound(error)) return null
        throw error
      }),
    retry: false,
    enabled: username !== '',
  })
