import { useInfiniteQuery, useMutation, useQueryClient, type InfiniteData } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'

import { markNotification, markNotifications, type Notification, type NotificationPage } from '@/api'
import { useProblemText } from '@/composables/useAction'
import { useToasts } from '@/composables/useToasts'

import { inboxQuery, summaryQuery } from './queries'

type Pages = InfiniteData<NotificationPage, string>

/** The inbox, and what can be done with it. What is marked shows so at once, and again as before if that failed. */
export function useInbox(unread: MaybeRefOrGetter<boolean>) {
  const client = useQueryClient()
  const { show } = useToasts()
  const describe = useProblemText()
  const query = useInfiniteQuery(computed(() => inboxQuery(toValue(unread))))
  const notifications = computed(() => query.data.value?.pages.flatMap(({ results }) => results) ?? [])

  /** Rows stay where they are, also among the unread: nothing goes away under one's hands. */
  function change(to: (row: Notification) => Notification): void {
    client.setQueriesData<Pages>(
      { queryKey: ['notifications', 'list'] },
      (lists) =>
        lists && { ...lists, pages: lists.pages.map((page) => ({ ...page, results: page.results.map(to) })) },
    )
  }
  const count = (by: number): void => {
    client.setQueryData(
      summaryQuery().queryKey,
      (now) => now && { ...now, unread: Math.max(now.unread + by, 0) },
    )
  }
  const recount = () => client.invalidateQueries({ queryKey: summaryQuery().queryKey })

  /** The other list is asked again when one looks at it. */
  const forget = () =>
    client.invalidateQueries({ queryKey: inboxQuery(!toValue(unread)).queryKey, refetchType: 'none' })

  const marking = useMutation({
    mutationFn: ({ id, read }: { id: number; read: boolean }) =>
      markNotification({ path: { id }, body: { read } }),
    onMutate: ({ id, read }) => {
      change((row) => (row.id === id ? { ...row, read } : row))
      count(read ? -1 : 1)
    },
    onError: (error, { id, read }) => {
      change((row) => (row.id === id ? { ...row, read: !read } : row))
      show(describe(error), 'error')
    },
    onSettled: () => Promise.all([recount(), forget()]),
  })

  const markingAll = useMutation({
    mutationFn: (newest: number) => markNotifications({ body: { read: true, up_to: newest } }),
    onSuccess: () => change((row) => ({ ...row, read: true })),
    onError: (error) => {
      show(describe(error), 'error')
      // What stood first may be gone.
      void query.refetch()
    },
    onSettled: () => Promise.all([recount(), forget()]),
  })

  return {
    query,
    notifications,
    mark(row: Notification, read: boolean): void {
      if (row.read !== read) marking.mutate({ id: row.id, read })
    },
    /** All that one has before one, and what is older; what came meanwhile stays unread. Answers whether it is done. */
    async markAll(): Promise<boolean> {
      const newest = notifications.value[0]
      if (!newest || markingAll.isPending.value) return false
      return markingAll.mutateAsync(newest.id).then(
        () => true,
        () => false,
      )
    },
    markingAll: markingAll.isPending,
  }
}
