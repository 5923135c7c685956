import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, nextTick, ref, shallowReactive, toValue, watch, type MaybeRefOrGetter } from 'vue'

import type { ThreadStatus } from '@/api'
import { useSession } from '@/features/accounts'

import { fetchNews, newsAPage, statusQuery, type Order } from './queries'
import { addNews } from './thread'
import type { ThreadState } from './useThread'

interface Options {
  readonly slug: MaybeRefOrGetter<string>
  readonly order: MaybeRefOrGetter<Order>
  readonly thread: Pick<ThreadState, 'thread' | 'show' | 'find'>
}

/** The first comment that is in sight, and where: what is put in above it must not move it. */
function anchorInSight(): { element: Element; top: number } | undefined {
  for (const element of document.querySelectorAll('.chunk-group')) {
    const { bottom } = element.getBoundingClientRect()
    if (bottom <= 0) continue
    for (const comment of element.querySelectorAll('article')) {
      const { top, bottom: end } = comment.getBoundingClientRect()
      if (end > 0) return { element: comment, top }
    }
  }
  return undefined
}

/** What has been said since the thread was fetched. It is counted, and put in when one asks for it. */
export function useNews({ slug, order, thread: { thread, show, find } }: Options) {
  const client = useQueryClient()
  const { signedIn } = useSession()
  const { data: status } = useQuery(computed(() => statusQuery(toValue(slug))))

  /** How things stood when all that was said was shown. */
  const seen = ref<Pick<ThreadStatus, 'comment_count' | 'newest'>>()
  const fresh = shallowReactive(new Set<number>())
  const busy = ref(false)
  const failed = ref(false)

  const newestShown = computed(() =>
    Math.max(0, ...(thread.value?.rows.slice(-200).map(({ id }) => id) ?? [])),
  )

  watch(
    [status, thread, () => toValue(slug)],
    ([now, shown, at], [, , before]) => {
      if (at !== before) seen.value = undefined
      if (!now || !shown) return
      if (!seen.value || (now.newest ?? 0) <= (seen.value.newest ?? 0)) {
        seen.value = {
          comment_count: now.comment_count,
          newest: Math.max(now.newest ?? 0, newestShown.value),
        }
      }
    },
    { immediate: true },
  )

  const count = computed(() => {
    const [now, then] = [status.value, seen.value]
    if (!now || !then || (now.newest ?? 0) <= (then.newest ?? 0)) return 0
    return Math.max(1, now.comment_count - then.comment_count)
  })

  /** One's own comment is no news: after it, what is shown is compared with how things stand then. */
  async function noteOwn(id?: number): Promise<void> {
    const then = seen.value
    if (!then) return
    if (id !== undefined) {
      const newest = count.value > 0 ? then.newest : Math.max(then.newest ?? 0, id)
      seen.value = { comment_count: then.comment_count + 1, newest }
    }
    await client.invalidateQueries({ queryKey: statusQuery(toValue(slug)).queryKey })
  }

  /** Puts in what is new, without moving what is read; answers those that are shown now. */
  async function take(settled: () => Promise<void>): Promise<readonly number[]> {
    if (!seen.value || busy.value) return []
    busy.value = true
    failed.value = false
    try {
      const news = await fetchNews(toValue(slug), seen.value.newest ?? 0, signedIn.value)
      const anchor = anchorInSight()
      let placed: readonly number[] = []
      const unknown = news.filter(({ id }) => find(id) === undefined)
      unknown.forEach(({ id }) => fresh.add(id))
      show((now) => {
        const added = addNews(now, unknown, toValue(order))
        placed = added.placed
        return added.thread
      })
      // Where there was more than one answer holds, the rest is still to be told.
      const last = news.at(-1)?.id ?? 0
      const isAll = news.length < newsAPage
      const { comment_count: known, newest } = seen.value
      seen.value = {
        comment_count: isAll ? (status.value?.comment_count ?? known) : known + news.length,
        newest: Math.max(newest ?? 0, last, isAll ? (status.value?.newest ?? 0) : 0),
      }
      await nextTick()
      await settled()
      if (anchor?.element.isConnected) {
        const moved = anchor.element.getBoundingClientRect().top - anchor.top
        if (Math.abs(moved) > 1) window.scrollBy({ top: moved, behavior: 'instant' })
      }
      return placed
    } catch {
      failed.value = true
      return []
    } finally {
      busy.value = false
    }
  }

  return { status, count, fresh, busy, failed, take, noteOwn }
}
