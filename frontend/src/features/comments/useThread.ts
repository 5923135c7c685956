import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'

import type { Comment } from '@/api'
import { useSession } from '@/features/accounts'
import { ProblemError } from '@/lib/problem'

import { chunksOf, groupsOf, type Chunk, type Group } from './chunks'
import { fetchBranch, fetchPage, threadQuery, type Order } from './queries'
import { append, changedSpan, mergeBranch, type Tail, type Thread } from './thread'

interface Options {
  readonly slug: MaybeRefOrGetter<string>
  readonly order: MaybeRefOrGetter<Order>
  /** The comment to begin with, where one came by its address. */
  readonly around: number | null
  /** Adds what is shown in the thread and isn't the server's yet. */
  readonly extend?: (thread: Thread | undefined) => Thread | undefined
}

/** The comments under a post: whole branches, page by page, and what is missing of a branch in its place. */
export function useThread({ slug, order, around: first, extend = (now) => now }: Options) {
  const client = useQueryClient()
  const { signedIn } = useSession()

  /** Set while the thread begins in its middle. */
  const around = ref(first)
  const options = computed(() => threadQuery(toValue(slug), toValue(order), signedIn.value, around.value))
  const query = useQuery(options)
  const thread = computed(() => query.data.value)
  const chunks = computed<readonly Chunk[]>((before) => chunksOf(extend(thread.value), before))
  const groups = computed<readonly Group[]>((before) => groupsOf(chunks.value, before))
  const fetchingMore = ref(false)
  const moreFailed = ref(false)

  /** Looked up without being watched: who wrote something does not change. */
  const byId = new Map<number, Comment>()
  watch(
    thread,
    (now, before) => {
      const { start, end, oldEnd } = changedSpan(before?.rows ?? [], now?.rows ?? [])
      before?.rows.slice(start, oldEnd).forEach(({ id }) => byId.delete(id))
      now?.rows.slice(start, end).forEach((comment) => byId.set(comment.id, comment))
    },
    { immediate: true, flush: 'sync' },
  )

  /**
   * Changes what is shown, and answers how to change the same thread later, though another be shown by then. What is on
   * its way from the server may have left before the change: it is changed when it comes.
   */
  function show(change: (thread: Thread) => Thread) {
    const { queryKey } = options.value
    const set = (next: (thread: Thread) => Thread): void => {
      const write = (): void => void client.setQueryData(queryKey, (now) => now && next(now))
      write()
      const asked = client.getQueryCache().find({ queryKey })
      if (asked?.state.fetchStatus === 'fetching') asked.promise?.then(write, () => undefined)
    }
    set(change)
    return set
  }

  /** Answers the comments that came. */
  async function loadMore(): Promise<readonly Comment[]> {
    const cursor = thread.value?.next
    if (!cursor || fetchingMore.value) return []
    const set = show((now) => now)
    fetchingMore.value = true
    moreFailed.value = false
    try {
      const given = { order: toValue(order), asMember: signedIn.value, cursor }
      const page = await fetchPage(toValue(slug), given)
      set((now) => (now.next === cursor ? append(now, page) : now))
      return page.results
    } catch {
      moreFailed.value = true
      return []
    } finally {
      fetchingMore.value = false
    }
  }

  /** Opens more of a branch; answers what was not there before. */
  async function openBranch(tail: Tail): Promise<readonly Comment[]> {
    const set = show((now) => now)
    const page = await fetchBranch(toValue(slug), tail, signedIn.value)
    const fresh = page.results.filter(({ id }) => !byId.has(id))
    set((now) => mergeBranch(now, tail, page))
    return fresh
  }

  /** Makes the comment one of those that are there; answers whether it is. */
  async function reveal(id: number): Promise<boolean> {
    if (byId.has(id)) return true
    const before = around.value
    around.value = id
    try {
      await client.fetchQuery(options.value)
    } catch (error) {
      // Of what cannot be had the page says so; where only this comment cannot, the thread stays as it was.
      if (error instanceof ProblemError && error.status < 500) around.value = before === id ? null : before
    }
    return byId.has(id)
  }

  return {
    ...query,
    thread,
    groups,
    around,
    show,
    loadMore,
    fetchingMore,
    moreFailed,
    openBranch,
    reveal,
    find: (id: number): Comment | undefined => byId.get(id),
  }
}

export type ThreadState = ReturnType<typeof useThread>
