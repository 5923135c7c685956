import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'

import { newKey, type Comment } from '@/api'
import { useSession } from '@/features/accounts'
import { isOffline } from '@/lib/online'
import { isUnreachable } from '@/lib/problem'

import { changeWaiting, dropWaiting, keepWaiting, onOutcome, waitingOf, type Waiting } from './outbox'
import { startSending } from './outbox-sending'
import { plainHtml } from './plain'
import type { Order } from './queries'
import { insert, type Thread } from './thread'

/** Far below those that are on their way. */
const firstId = -1_000_000
const nothing: Thread = { rows: [], tails: new Map(), next: null }

/** The thread may have it already, before the answer to whoever sent it is there. */
const hasArrived = ({ rows }: Thread, { triedAt, username, body }: Waiting): boolean =>
  triedAt !== undefined &&
  rows.some((comment) => comment.id > 0 && comment.author?.username === username && comment.body === body)

/** What one wrote under a post without a line: it stands in the thread, and waits there to be sent. */
export function useWaiting(slug: MaybeRefOrGetter<string>, sent: (comment: Comment) => void) {
  const client = useQueryClient()
  const { me } = useSession()
  const all = shallowRef<readonly Waiting[]>([])

  async function look(): Promise<void> {
    const username = me.value?.username
    const found = username ? await waitingOf(username).catch(() => []) : []
    all.value = found.filter((waiting) => waiting.slug === toValue(slug))
  }
  watch([() => me.value?.username, () => toValue(slug)], () => void look(), { immediate: true })
  onScopeDispose(
    onOutcome((outcome) => {
      if (outcome.type === 'sent' && outcome.waiting.slug === toValue(slug)) {
        all.value = all.value.filter(({ key }) => key !== outcome.waiting.key)
        sent(outcome.comment)
      }
      void look()
    }),
  )

  const rows = computed(() =>
    all.value.map((waiting, at) => ({ waiting, comment: shown(waiting, firstId - at) })),
  )

  const shown = ({ body, parent, writtenAt }: Waiting, id: number): Comment => ({
    id,
    parent,
    depth: 0,
    author: me.value ?? null,
    guest_name: '',
    guest_url: '',
    body,
    body_html: plainHtml(body),
    status: 'visible',
    created_at: new Date(writtenAt).toISOString(),
    edited_at: null,
    like_count: 0,
    reply_count: 0,
    more_replies: null,
    version: 1,
  })

  return {
    any: computed(() => all.value.length > 0),
    of: (id: number): Waiting | undefined => rows.value.find(({ comment }) => comment.id === id)?.waiting,

    /** The thread with what waits in its place; below its end where what it answers isn't there. */
    within(thread: Thread | undefined, order: Order): Thread | undefined {
      if (rows.value.length === 0) return thread
      return rows.value.reduce<Thread>((now, { comment, waiting }) => {
        if (hasArrived(now, waiting)) return now
        const parent = now.rows.find(({ id }) => id === comment.parent)
        const placed = parent ? { ...comment, depth: parent.depth + 1 } : { ...comment, parent: null }
        return insert(now, placed, order)
      }, thread ?? nothing)
    },

    /** Takes over what could not be sent for want of a line, or of a server; answers whether it did. */
    async take(error: unknown, given: Pick<Waiting, 'body' | 'parent' | 'key'>): Promise<boolean> {
      const username = me.value?.username
      if (!isUnreachable(error) || !username) return false
      const writtenAt = Date.now()
      // With a line, only the answer may have been lost.
      const tried = isOffline() ? {} : { triedAt: writtenAt }
      try {
        await keepWaiting({ ...given, ...tried, username, slug: toValue(slug), writtenAt })
        await look()
      } catch {
        return false
      }
      startSending(client)
      return true
    },

    /** Sends one that was refused once more, with other words: another comment to the server. */
    async again({ key, username, slug: under, parent, writtenAt }: Waiting, body: string): Promise<void> {
      await keepWaiting({ key: newKey(), username, slug: under, parent, writtenAt, body })
      await dropWaiting(key)
      startSending(client)
    },

    discard: (waiting: Waiting): Promise<void> => dropWaiting(waiting.key),
    restore: (waiting: Waiting): Promise<void> => keepWaiting(waiting),
    keepText: (waiting: Waiting, body: string) => changeWaiting(waiting.key, { body }),
  }
}

export type WaitingState = ReturnType<typeof useWaiting>
