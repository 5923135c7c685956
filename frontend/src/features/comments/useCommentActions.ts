import { toValue, type MaybeRefOrGetter } from 'vue'

import {
  createComment,
  deleteComment,
  getComment,
  idempotencyKey,
  ifMatch,
  updateComment,
  type Comment,
} from '@/api'
import { useSession } from '@/features/accounts'
import { isStale } from '@/lib/problem'

import { plainHtml } from './plain'
import type { Order } from './queries'
import { arrive, insert, remove, replace, type Thread } from './thread'
import type { ThreadState } from './useThread'
import type { WaitingState } from './useWaiting'

interface NewComment {
  readonly body: string
  readonly parent: Comment | null
  /** See `drafts.ts`. */
  readonly key: string
}

const everything = { edit: true, delete: true, reply: true, like: false, report: false }
let placeholders = 0

interface Options {
  readonly slug: MaybeRefOrGetter<string>
  readonly order: MaybeRefOrGetter<Order>
  readonly thread: Pick<ThreadState, 'show'>
  readonly waiting: Pick<WaitingState, 'take'>
}

/** What one can do in a thread. It shows at once, and is taken back when the server refuses; then the error is thrown. */
export function useCommentActions({ slug, order, thread: { show }, waiting }: Options) {
  const { me } = useSession()

  function provisional(body: string, parent: Comment | null): Comment {
    placeholders += 1
    return {
      id: -placeholders,
      parent: parent?.id ?? null,
      depth: parent ? parent.depth + 1 : 0,
      author: me.value ?? null,
      guest_name: '',
      guest_url: '',
      body,
      body_html: plainHtml(body),
      status: 'visible',
      created_at: new Date().toISOString(),
      edited_at: null,
      like_count: 0,
      reply_count: 0,
      more_replies: null,
      version: 1,
    }
  }

  async function create({ body, parent, key: sentWith }: NewComment): Promise<Comment> {
    const shown = provisional(body, parent)
    const at = toValue(order)
    const set = show((now) => insert(now, shown, at))
    try {
      const created = await createComment({
        path: { slug: toValue(slug) },
        body: { body, ...(parent ? { parent: parent.id } : {}) },
        headers: idempotencyKey(sentWith),
      })
      const comment = {
        ...created,
        permissions: created.permissions ?? { ...everything, reply: created.status === 'visible' },
      }
      set((now) => arrive(now, shown, comment, at))
      return comment
    } catch (error) {
      set((now) => remove(now, shown.id, 'deleted'))
      // Without a line, or a server, it waits on this device: whoever asked gets what is not sent yet.
      if (await waiting.take(error, { body, parent: parent?.id ?? null, key: sentWith })) return shown
      throw error
    }
  }

  /** After a 412: what the comment is now. */
  async function refresh(comment: Comment, set: (next: (thread: Thread) => Thread) => void): Promise<void> {
    try {
      const latest = await getComment({ path: { id: comment.id }, query: { include: 'permissions' } })
      set((now) => replace(now, comment.id, latest))
    } catch {
      // It stays as it was shown; what matters is said by the first error.
    }
  }

  async function edit(comment: Comment, body: string): Promise<Comment> {
    const set = show((now) => replace(now, comment.id, { ...comment, body, body_html: plainHtml(body) }))
    try {
      const saved = await updateComment({
        path: { id: comment.id },
        body: { body },
        headers: ifMatch(comment.version),
      })
      const shown = { ...saved, permissions: saved.permissions ?? comment.permissions }
      set((now) => replace(now, comment.id, shown))
      return shown
    } catch (error) {
      set((now) => replace(now, comment.id, comment))
      if (isStale(error)) await refresh(comment, set)
      throw error
    }
  }

  /** One's own is deleted; a moderator removes somebody else's. It goes once the server has said so. */
  async function destroy(comment: Comment): Promise<void> {
    const status = comment.author?.username === me.value?.username ? 'deleted' : 'removed'
    const set = show((now) => now)
    try {
      await deleteComment({ path: { id: comment.id }, headers: ifMatch(comment.version) })
      set((now) => remove(now, comment.id, status))
    } catch (error) {
      if (isStale(error)) await refresh(comment, set)
      throw error
    }
  }

  return { create, edit, destroy }
}
