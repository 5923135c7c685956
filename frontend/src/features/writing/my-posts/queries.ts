import { infiniteQueryOptions } from '@tanstack/vue-query'

import { cursorOf, listPosts } from '@/api'

import type { Tab } from './tabs'

/** One's own posts of a tab, or what waits for a review; the latest begun first. `search`: words of the title. */
export const myPostsQuery = (tab: Tab, search: string) =>
  infiniteQueryOptions({
    queryKey: ['writing', 'posts', tab, search],
    queryFn: ({ pageParam, signal }) =>
      listPosts({
        query: {
          ...(tab === 'submitted' ? { review: 'submitted' } : { mine: true, status: tab }),
          include: 'permissions,workflow',
          limit: 20,
          ...(search === '' ? {} : { q: search }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
