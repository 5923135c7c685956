import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import {
  cursorOf,
  getMyReactions,
  getTagFollow,
  listBookmarks,
  listFollowedTags,
  type MyReactions,
} from '@/api'

export interface Reactions extends MyReactions {
  /** How many like what one has just liked or not: the number shown before, and the one that now stands for it. */
  readonly counts: Readonly<Record<string, { readonly before: number; readonly now: number }>>
}

/** What the reader likes of a post and its thread, and whether they keep it. Only for those who are signed in. */
export const reactionsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['reactions', slug],
    queryFn: async ({ client, queryKey, signal }): Promise<Reactions> => {
      const mine = await getMyReactions({ path: { slug }, signal })
      return { ...mine, counts: client.getQueryData<Reactions>(queryKey)?.counts ?? {} }
    },
    staleTime: 60_000,
  })

/** The reading list: what was put there last comes first. */
export const bookmarksQuery = () =>
  infiniteQueryOptions({
    queryKey: ['bookmarks'],
    queryFn: ({ pageParam, signal }) =>
      listBookmarks({ query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })

export const tagFollowQuery = (slug: string) =>
  queryOptions({
    queryKey: ['tags', 'follow', slug],
    queryFn: ({ signal }) => getTagFollow({ path: { slug }, signal }),
    staleTime: 60_000,
  })

/** The tags that one follows, the latest first. Of those in it, nobody has to ask whether one does. */
export const followedTagsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['tags', 'followed'],
    queryFn: async ({ client, pageParam, signal }) => {
      const query = { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }
      const page = await listFollowedTags({ query, signal })
      for (const { slug } of page.results)
        client.setQueryData(tagFollowQuery(slug).queryKey, { followed: true })
      return page
    },
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
