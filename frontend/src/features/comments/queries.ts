import { queryOptions } from '@tanstack/vue-query'

import { getThreadStatus, listComments, type Comment, type CommentPage } from '@/api'

import { threadOf, type Tail, type Thread } from './thread'

export const orders = ['oldest', 'newest', 'best'] as const
export type Order = (typeof orders)[number]

/** Whole branches at a time. */
const rootsAPage = 20
const repliesAPage = 50
export const newsAPage = 100
/** How often one looks whether there is something new, in milliseconds. */
export const pollEvery = 20_000

const forMembers = (asMember: boolean) => (asMember ? { include: 'permissions' } : {})

interface PageOf {
  readonly order: Order
  readonly asMember: boolean
  readonly cursor?: string | null
  /** The page that begins with this comment's branch. */
  readonly around?: number | null
}

/** A page of whole branches. */
export const fetchPage = (slug: string, { order, asMember, cursor, around }: PageOf, signal?: AbortSignal) =>
  listComments({
    path: { slug },
    query: {
      order,
      limit: rootsAPage,
      ...(cursor ? { cursor } : {}),
      ...(around ? { around } : {}),
      ...forMembers(asMember),
    },
    signal,
  })

/** The comments under a post in the order of the thread; for members with what they may do. */
export const threadQuery = (slug: string, order: Order, asMember: boolean, around: number | null) =>
  queryOptions({
    queryKey: ['comments', slug, order, asMember, around],
    queryFn: async ({ signal }): Promise<Thread> =>
      threadOf(await fetchPage(slug, { order, asMember, around }, signal)),
    // Whoever signs in while reading goes on reading; what members had is never shown to others.
    placeholderData: (before, query) =>
      asMember &&
      query?.queryKey[1] === slug &&
      query.queryKey[2] === order &&
      query.queryKey[3] === false &&
      query.queryKey[4] === around
        ? before
        : undefined,
    // Comments that come and go by themselves would move what is being read: one is told of new ones.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // Thousands of comments are replaced one by one, never compared or watched as a whole.
    structuralSharing: false,
    shallow: true,
  })

/** More of what hangs on one root, in its order: what comes after the comment `after`. */
export const fetchBranch = (slug: string, { root, after }: Tail, asMember: boolean): Promise<CommentPage> =>
  listComments({
    path: { slug },
    query: { branch: root, after, limit: repliesAPage, ...forMembers(asMember) },
  })

/** What was said since the comment `since`, oldest first. */
export async function fetchNews(slug: string, since: number, asMember: boolean): Promise<Comment[]> {
  const page = await listComments({
    path: { slug },
    query: { since, limit: newsAPage, ...forMembers(asMember) },
  })
  return page.results
}

/** How many there are, the newest one, and how one may take part. Unchanged, it costs next to nothing. */
export const statusQuery = (slug: string) =>
  queryOptions({
    queryKey: ['comment-status', slug],
    queryFn: ({ signal }) => getThreadStatus({ path: { slug }, signal }),
    staleTime: pollEvery / 2,
    refetchInterval: pollEvery,
    // The browser's own "visible": a hidden page asks for nothing, and asks once when it is seen again.
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: true,
    retry: false,
  })
