import type { InfiniteData } from '@tanstack/vue-query'

import type { Comment, CommentPage } from '@/api'

import type { Order } from './queries'

export type Thread = InfiniteData<CommentPage, unknown>

/** One that is still on its way to the server. */
export const isSending = (comment: Comment): boolean => comment.id < 0

const nothing = { edit: false, delete: false, reply: false }

const mapPages = (thread: Thread, change: (results: Comment[], index: number) => Comment[]): Thread => ({
  ...thread,
  pages: thread.pages.map((page, index) => ({ ...page, results: change(page.results, index) })),
})

/** All comments in their order. One that a later page brought again counts where it came last. */
export function flatten(thread: Thread | undefined): Comment[] {
  const all = thread?.pages.flatMap((page) => page.results) ?? []
  const last = new Map(all.map((comment, index) => [comment.id, index]))
  return all.filter((comment, index) => last.get(comment.id) === index)
}

function insertAt(results: readonly Comment[], comment: Comment, parent: number): Comment[] {
  let end = parent + 1
  while ((results[end]?.depth ?? 0) > (results[parent]?.depth ?? 0)) end += 1
  return [...results.slice(0, end), comment, ...results.slice(end)]
}

/** Puts a new comment where the server will have it: a reply below its parent's others, a root at the new end. */
export function insert(thread: Thread, comment: Comment, order: Order): Thread {
  if (comment.parent !== null) {
    const home = thread.pages.findIndex((page) => page.results.some(({ id }) => id === comment.parent))
    return mapPages(thread, (results, index) =>
      index === home
        ? insertAt(
            results,
            comment,
            results.findIndex(({ id }) => id === comment.parent),
          )
        : results,
    )
  }
  const end = order === 'newest' ? 0 : thread.pages.length - 1
  return mapPages(thread, (results, index) => {
    if (index !== end) return results
    return order === 'newest' ? [comment, ...results] : [...results, comment]
  })
}

export const replace = (thread: Thread, id: number, comment: Comment): Thread =>
  mapPages(thread, (results) => results.map((old) => (old.id === id ? comment : old)))

/** Takes a comment out; one with replies leaves an empty place, so that these keep theirs. */
export function remove(thread: Thread, id: number, status: 'deleted' | 'removed'): Thread {
  const hasReplies = flatten(thread).some((comment) => comment.parent === id)
  if (!hasReplies) return mapPages(thread, (results) => results.filter((comment) => comment.id !== id))
  return mapPages(thread, (results) =>
    results.map((comment) =>
      comment.id === id
        ? {
            ...comment,
            status,
            author: null,
            guest_name: '',
            guest_url: '',
            body: '',
            body_html: '',
            edited_at: null,
            permissions: nothing,
          }
        : comment,
    ),
  )
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Shows a text as it was typed, until the server has rendered it. */
export const plainHtml = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign).replaceAll('\n', '<br>'),
    )
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('')
