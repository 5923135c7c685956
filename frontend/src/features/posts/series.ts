import { queryOptions } from '@tanstack/vue-query'

import { cursorOf, getSeries, listPosts, type PostSummary, type PostSummaryPage } from '@/api'

export const seriesQuery = (slug: string) =>
  queryOptions({
    queryKey: ['series', slug],
    queryFn: ({ signal }) => getSeries({ path: { slug }, signal }),
  })

/** All parts of a series in order. There is an end to them (200), so that they need no paging. */
export const partsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['posts', 'parts', slug],
    queryFn: async ({ signal }) => {
      const parts: PostSummary[] = []
      let cursor: string | null = null
      do {
        const page: PostSummaryPage = await listPosts({
          query: { series: slug, order: 'series', limit: 100, ...(cursor && { cursor }) },
          signal,
        })
        parts.push(...page.results)
        cursor = cursorOf(page.next)
      } while (cursor !== null)
      return parts
    },
  })
