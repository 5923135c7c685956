import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, listCategories, getCategory, listTags, getTag } from '@/api'

const tenMinutes = 10 * 60_000

/** As many as one page of the API holds: enough for a menu. */
export const tagsQuery = () =>
  queryOptions({
    queryKey: ['tags'],
    queryFn: ({ signal }) => listTags({ query: { limit: 100 }, signal }),
    staleTime: tenMinutes,
  })

/** All of them page by page, those with most posts first, from the page of the cursor on. */
export const tagPagesQuery = (start = '') =>
  infiniteQueryOptions({
    queryKey: ['tags', 'from', start],
    queryFn: ({ pageParam, signal }) =>
      listTags({ query: { limit: 100, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: start,
    getNextPageParam: (page) => cursorOf(page.next),
    staleTime: tenMinutes,
  })

export const tagQuery = (slug: string) =>
  queryOptions({
    queryKey: ['tags', slug],
    queryFn: ({ signal }) => getTag({ path: { slug }, signal }),
  })

export const categoriesQuery = () =>
  queryOptions({
    queryKey: ['categories'],
    queryFn: ({ signal }) => listCategories({ query: { limit: 100 }, signal }),
    staleTime: tenMinutes,
  })

export const categoryQuery = (slug: string) =>
  queryOptions({
    queryKey: ['categories', slug],
    queryFn: ({ signal }) => getCategory({ path: { slug }, signal }),
  })
