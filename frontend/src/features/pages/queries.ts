import { queryOptions } from '@tanstack/vue-query'

import { listPages, getPage } from '@/api'

/** The pages that the navigation shows. */
export const pagesQuery = () =>
  queryOptions({
    queryKey: ['pages'],
    queryFn: ({ signal }) => listPages({ query: { in_navigation: true, limit: 100 }, signal }),
    staleTime: 10 * 60_000,
  })

export const pageQuery = (slug: string) =>
  queryOptions({
    queryKey: ['pages', slug],
    queryFn: ({ signal }) => getPage({ path: { slug }, signal }),
  })
