import { queryOptions } from '@tanstack/vue-query'

import { listCategories, listSeries } from '@/api'

import { fetchKnown } from './saving/known'

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

/** What there is to choose from; authors see all series, also those without a published part. */
export const seriesQuery = () =>
  queryOptions({
    queryKey: ['writing', 'series'],
    queryFn: ({ signal }) => listSeries({ query: { limit: 100 }, signal }),
    staleTime: 60_000,
  })
