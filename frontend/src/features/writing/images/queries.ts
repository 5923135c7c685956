import { infiniteQueryOptions } from '@tanstack/vue-query'

import { cursorOf, listImages } from '@/api'

export const libraryKey = ['writing', 'images'] as const

/** One's own pictures, the newest first; `q` is looked for in their names and descriptions. */
export const libraryQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: [...libraryKey, q],
    queryFn: ({ pageParam, signal }) =>
      listImages({
        query: { limit: 24, ...(q && { q }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
