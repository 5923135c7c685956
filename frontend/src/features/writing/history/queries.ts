import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, getRevision, listRevisions, previewMarkdown, type Revision } from '@/api'

export const historyKey = (slug: string) => ['writing', 'history', slug] as const

/** What a post was, newest first. */
export const historyQuery = (slug: string) =>
  infiniteQueryOptions({
    queryKey: [...historyKey(slug), 'list'],
    queryFn: ({ pageParam, signal }) =>
      listRevisions({
        path: { slug },
        query: { limit: 100, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })

/** One revision with its content, which never changes. */
export const revisionQuery = (slug: string, number: number) =>
  queryOptions({
    queryKey: [...historyKey(slug), 'revision', number],
    queryFn: ({ signal }) => getRevision({ path: { slug, number }, signal }),
    staleTime: Infinity,
    gcTime: 60_000,
  })

/** How readers would see it. */
export const renderedQuery = (
  slug: string,
  { number, body, body_format: format }: Pick<Revision, 'number' | 'body' | 'body_format'>,
) =>
  queryOptions({
    queryKey: [...historyKey(slug), 'rendered', number],
    queryFn: ({ signal }) => previewMarkdown({ body: { body, format, purpose: 'post' }, signal }),
    staleTime: Infinity,
    gcTime: 60_000,
  })
