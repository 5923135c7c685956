import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, getNotificationSettings, getNotificationSummary, listNotifications } from '@/api'

/** In milliseconds. Nothing is asked while nobody looks; what has not changed costs a 304. */
const pollEvery = 60_000

/** How many notifications wait. */
export const summaryQuery = () =>
  queryOptions({
    queryKey: ['notifications', 'summary'],
    queryFn: ({ signal }) => getNotificationSummary({ signal }),
    refetchInterval: pollEvery,
    refetchIntervalInBackground: false,
    // Somebody who comes back to the page is told at once.
    refetchOnWindowFocus: 'always',
    retry: false,
  })

/** The inbox, newest first: all of it, or what is unread. */
export const inboxQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list', unread],
    queryFn: ({ pageParam, signal }) =>
      listNotifications({
        query: { limit: 20, ...(unread ? { unread } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
    // What one reads doesn't move by itself.
    refetchOnWindowFocus: false,
  })

export const settingsQuery = () =>
  queryOptions({
    queryKey: ['notifications', 'settings'],
    queryFn: ({ signal }) => getNotificationSettings({ signal }),
  })
