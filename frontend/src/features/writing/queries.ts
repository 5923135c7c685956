import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, listCategories, listPosts, type PostSummary } from '@/api'

import { fetchKnown } from './saving/known'

export const statuses = ['draft', 'scheduled', 'published', 'archived'] as const
export type Status = PostSummary['status']

export const isStatus = (value: unknown): value is Status => statuses.some((status) => status === value)

/** One's own posts in a status, the latest begun first. */
export const myPostsQuery = (status: Status) =>
  infiniteQueryOptions({
    queryKey: ['writing', 'posts', status],
    queryFn: ({ pageParam, signal }) =>
      listPosts({
        query: { mine: true, status, limit: 20, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })

/** A post to edit, with the changes that its readers don't see yet. Fetched once: what is typed must not be replaced under one's hands. */
export const editablePostQuery = (slug: string) =>
  queryOptions({
    queryKey: ['writing', 'post', slug],
    queryFn: ({ signal }) => fetchKnown(slug, signal),
    staleTime: Infinity,
    gcTime: 0,
    retry: 1,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const sectionsQuery = () =>
  queryOptions({
    queryKey: ['writing', 'sections'],
    queryFn: ({ signal }) => listCategories({ query: { limit: 100 }, signal }),
    staleTime: 10 * 60_000,
  })
