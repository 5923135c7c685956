import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, getFeed, getFurtherReading, getPost, listArchiveMonths, listPosts } from '@/api'

export interface PostFilters {
  readonly tag?: string
  readonly category?: string
  readonly author?: string
  readonly year?: number
  readonly month?: number
  /** By those whom the reader follows. */
  readonly following?: true
}

export const pageSize = 15

/** The newest posts that match, from `cursor` on, page by page into the past. */
export const feedQuery = ({ following, ...filters }: PostFilters, cursor: string | null) =>
  infiniteQueryOptions({
    queryKey: ['posts', 'feed', { ...filters, following }, cursor],
    queryFn: ({ pageParam, signal }) => {
      const page = { limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) }
      return following
        ? getFeed({ query: page, signal })
        : listPosts({ query: { ...filters, ...page }, signal })
    },
    initialPageParam: cursor,
    getNextPageParam: (page) => cursorOf(page.next),
    getPreviousPageParam: (page) => cursorOf(page.previous),
  })

/** The newest posts that the editors feature. */
export const featuredQuery = () =>
  queryOptions({
    queryKey: ['posts', 'featured'],
    queryFn: ({ signal }) => listPosts({ query: { featured: true, limit: 1 }, signal }),
  })

/** One post; with `asMember` also what the caller may do with it. */
export const postQuery = (slug: string, asMember: boolean) =>
  queryOptions({
    queryKey: ['posts', 'detail', slug, asMember],
    queryFn: ({ signal }) =>
      getPost({ path: { slug }, query: asMember ? { include: 'permissions' } : {}, signal }),
    // Whoever signs in while reading goes on reading; what members had is never shown to others.
    placeholderData: (before, query) => (asMember && query?.queryKey[2] === slug ? before : undefined),
  })

/** What there is to read after a post. It hardly changes while one reads. */
export const furtherReadingQuery = (slug: string) =>
  queryOptions({
    queryKey: ['posts', 'further-reading', slug],
    queryFn: ({ signal }) => getFurtherReading({ path: { slug }, signal }),
    staleTime: 10 * 60_000,
  })

/** The months that something was published in, newest first. */
export const archiveQuery = () =>
  queryOptions({
    queryKey: ['archive'],
    queryFn: ({ signal }) => listArchiveMonths({ query: { limit: 100 }, signal }),
  })
