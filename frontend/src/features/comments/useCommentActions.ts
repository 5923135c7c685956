import { useQueryClient } from '@tanstack/vue-query'
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

import { threadQuery, type Order } from './queries'
import { insert, plainHtml, remove, replace, type Thread } from './thread'

interface NewComment {
  readonly body: string
  readonly parent: Comment | null
  /** See `drafts.ts`. */
  readonly key: string
}

const everything = { edit: true, delete: true, reply: true }
let placeholders = 0

/** What one can do in a thread. It shows at once, and is taken back when the server refuses; then the error is thrown. */
export function useCommentActions(slug: MaybeRefOrGetter<string>, order: MaybeRefOrGetter<Order>) {
  const client = useQueryClient()
  const { signedIn, me } = useSession()

  const key = () => threadQuery(toValue(slug), toValue(order), signedIn.value).queryKey

  /** Changes what is shown; answers how to change the same thread later, even if another one is shown by then. */
  async function show(change: (thread: Thread) => Thread) {
    const queryKey = key()
    const set = (next: (thread: Thread) => Thread): void => {
      client.setQueryData(queryKey, (thread) => thread && next(thread))
    }
    await client.cancelQueries({ queryKey })
    set(change)
    return set
  }

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
      version: 1,
    }
  }

  async function create({ body, parent, key: sentWith }: NewComment): Promise<Comment> {
    const shown = provisional(body, parent)
    const at = toValue(order)
    const queryKey = key()
    const set = await show((thread) => insert(thread, shown, at))
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
      // The server may have hung it on another parent where the thread is as deep as it gets.
      set((thread) =>
        comment.parent === shown.parent
          ? replace(thread, shown.id, comment)
          : insert(remove(thread, shown.id, 'deleted'), comment, at),
      )
      return comment
    } catch (error) {
      set((thread) => remove(thread, shown.id, 'deleted'))
      throw error
    } finally {
      // A thread that was still on its way was called off: it is fetched again, with the comment in it.
      if (client.getQueryData(queryKey) === undefined) void client.refetchQueries({ queryKey })
    }
  }

  /** After a 412: what the comment is now. */
  async function refresh(comment: Comment, set: (next: (thread: Thread) => Thread) => void): Promise<void> {
    try {
      const now = await getComment({ path: { id: comment.id }, query: { include: 'permissions' } })
      set((thread) => replace(thread, comment.id, now))
    } catch {
      // It stays as it was shown; what matters is said by the first error.
    }
  }

  async function edit(comment: Comment, body: string): Promise<Comment> {
    const set = await show((thread) =>
      replace(thread, comment.id, { ...comment, body, body_html: plainHtml(body) }),
    )
    try {
      const saved = await updateComment({
        path: { id: comment.id },
        body: { body },
        headers: ifMatch(comment.version),
      })
      const shown = { ...saved, permissions: saved.permissions ?? comment.permissions }
      set((thread) => replace(thread, comment.id, shown))
      return shown
    } catch (error) {
      set((thread) => replace(thread, comment.id, comment))
      if (isStale(error)) await refresh(comment, set)
      throw error
    }
  }

  /** One's own is deleted; a moderator removes somebody else's. */
  async function destroy(comment: Comment): Promise<void> {
    const before = client.getQueryData(key())
    const status = comment.author?.username === me.value?.username ? 'deleted' : 'removed'
    const set = await show((thread) => remove(thread, comment.id, status))
    try {
      await deleteComment({ path: { id: comment.id }, headers: ifMatch(comment.version) })
    } catch (error) {
      set((thread) => before ?? thread)
      if (isStale(error)) await refresh(comment, set)
      throw error
    }
  }

  return { create, edit, destroy }
}
