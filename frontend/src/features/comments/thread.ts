import { cursorOf, type Comment, type CommentPage } from '@/api'

import type { Order } from './queries'

/** What is not there yet of a branch. */
export interface Tail {
  readonly root: number
  /** How many comments. */
  readonly count: number
  /** The last one that the server sent of the branch: the next page begins after it. */
  readonly after: number
}

/** The comments that are there, in their order: each root followed by what hangs on it. */
export interface Thread {
  readonly rows: readonly Comment[]
  readonly tails: ReadonlyMap<number, Tail>
  /** Where the next branches begin; null after the last. */
  readonly next: string | null
}

/** One that is still on its way to the server. */
export const isSending = (comment: Comment): boolean => comment.id < 0

function tailsOf(rows: readonly Comment[]): [number, Tail][] {
  return rows.flatMap((comment, at) => {
    const count = comment.more_replies ?? 0
    if (count === 0) return []
    const last = rows[endOf(rows, at) - 1] ?? comment
    return [[comment.id, { root: comment.id, count, after: last.id }]]
  })
}

export const threadOf = (page: CommentPage): Thread => ({
  rows: page.results,
  tails: new Map(tailsOf(page.results)),
  next: cursorOf(page.next),
})

/** Where a list differs from what it was: from `start` to `end`, and to `oldEnd` of the old one. */
export function changedSpan(before: readonly unknown[], now: readonly unknown[]) {
  let start = 0
  while (start < now.length && start < before.length && now[start] === before[start]) start += 1
  let [end, oldEnd] = [now.length, before.length]
  while (end > start && oldEnd > start && now[end - 1] === before[oldEnd - 1]) {
    end -= 1
    oldEnd -= 1
  }
  return { start, end, oldEnd }
}

/** Adds a page. A branch that was there already counts where it came last. */
export function append(thread: Thread, page: CommentPage): Thread {
  const ids = new Set(page.results.map(({ id }) => id))
  return {
    rows: [...thread.rows.filter(({ id }) => !ids.has(id)), ...page.results],
    tails: new Map([...thread.tails, ...tailsOf(page.results)]),
    next: cursorOf(page.next),
  }
}

const indexOf = (thread: Thread, id: number): number => thread.rows.findIndex((comment) => comment.id === id)

/** Where what hangs on the comment at `at` ends. */
function endOf(rows: readonly Comment[], at: number): number {
  const depth = rows[at]?.depth ?? 0
  let end = at + 1
  while ((rows[end]?.depth ?? 0) > depth) end += 1
  return end
}

export function rootOf(rows: readonly Comment[], at: number): number {
  let root = at
  while (root > 0 && (rows[root]?.depth ?? 0) > 0) root -= 1
  return root
}

const withTail = (thread: Thread, root: number, tail: Tail | undefined): ReadonlyMap<number, Tail> => {
  const tails = new Map(thread.tails)
  if (tail && tail.count > 0) tails.set(root, tail)
  else tails.delete(root)
  return tails
}

/** Puts the next page of a branch in its place. What was there of it by other ways already stays, once. */
export function mergeBranch(thread: Thread, { root, after, count }: Tail, page: CommentPage): Thread {
  const at = indexOf(thread, root)
  if (at < 0) return thread
  const end = endOf(thread.rows, at)
  const branch = thread.rows.slice(at, end)
  const known = new Set(branch.map(({ id }) => id))
  const came = new Set(page.results.map(({ id }) => id))
  const stands = branch.filter(({ id }) => !came.has(id))
  const reached = stands.findIndex(({ id }) => id === after) + 1 || stands.length
  const last = page.results.at(-1)
  const rest = count - page.results.filter(({ id }) => !known.has(id)).length
  const isWhole = page.next === null || last === undefined
  return {
    ...thread,
    rows: [
      ...thread.rows.slice(0, at),
      ...stands.slice(0, reached),
      ...page.results,
      ...stands.slice(reached),
      ...thread.rows.slice(end),
    ],
    tails: withTail(thread, root, isWhole ? undefined : { root, after: last.id, count: Math.max(1, rest) }),
  }
}

/**
 * Puts a new comment where the server will have it: a reply below its parent's others, a root at the new end. One that
 * is there already stays as it is.
 */
export function insert(thread: Thread, comment: Comment, order: Order): Thread {
  const { rows } = thread
  if (indexOf(thread, comment.id) >= 0) return thread
  if (comment.parent === null) {
    return { ...thread, rows: order === 'oldest' ? [...rows, comment] : [comment, ...rows] }
  }
  const parent = indexOf(thread, comment.parent)
  if (parent < 0) return thread
  const end = endOf(rows, parent)
  return { ...thread, rows: [...rows.slice(0, end), comment, ...rows.slice(end)] }
}

/**
 * Puts in what others wrote meanwhile, the older first. What belongs to a part that is not there yet comes with that
 * part. `placed` are the ids of those that are shown now.
 */
export function addNews(thread: Thread, news: readonly Comment[], order: Order) {
  let next = thread
  const placed: number[] = []
  const known = new Map(thread.rows.map((comment) => [comment.id, comment]))
  for (const comment of news) {
    if (known.has(comment.id)) continue
    const comesLater = comment.parent === null && order === 'oldest' && thread.next !== null
    const parentIsAway = comment.parent !== null && !known.has(comment.parent)
    if (comesLater || parentIsAway) continue
    next = insert(next, comment, order)
    known.set(comment.id, comment)
    placed.push(comment.id)
  }
  return { thread: next, placed }
}

/** Changes one by its id. */
export function change(thread: Thread, id: number, given: (comment: Comment) => Comment): Thread {
  const at = indexOf(thread, id)
  const old = thread.rows[at]
  if (!old) return thread
  const rows = [...thread.rows]
  rows[at] = given(old)
  return { ...thread, rows }
}

export const replace = (thread: Thread, id: number, comment: Comment): Thread =>
  change(thread, id, (old) => ({ ...comment, more_replies: old.more_replies }))

const emptied = (comment: Comment, status: 'deleted' | 'removed'): Comment => ({
  ...comment,
  status,
  author: null,
  guest_name: '',
  guest_url: '',
  body: '',
  body_html: '',
  edited_at: null,
  permissions: comment.permissions && {
    edit: false,
    delete: false,
    reply: false,
    like: false,
    report: false,
  },
})

/** Takes a comment out; one with replies leaves an empty place, so that these keep theirs. */
export function remove(thread: Thread, id: number, status: 'deleted' | 'removed'): Thread {
  const at = indexOf(thread, id)
  if (at < 0) return thread
  const hasReplies = thread.tails.has(id) || endOf(thread.rows, at) > at + 1
  if (!hasReplies) return { ...thread, rows: thread.rows.filter((comment) => comment.id !== id) }
  return change(thread, id, (comment) => emptied(comment, status))
}

/** Puts what the server made of a comment in the place of the one that was shown for it. */
export function arrive(thread: Thread, shown: Comment, comment: Comment, order: Order): Thread {
  const isNew = indexOf(thread, comment.id) < 0
  // The server may have hung it on another parent, where the thread is as deep as it gets.
  if (isNew && comment.parent === shown.parent && indexOf(thread, shown.id) >= 0)
    return replace(thread, shown.id, comment)
  return insert(remove(thread, shown.id, 'deleted'), comment, order)
}

/** Where a comment hangs: the root of its branch, if that is there. */
export function branchOf(thread: Thread, id: number): Comment | undefined {
  const at = indexOf(thread, id)
  return at < 0 ? undefined : thread.rows[rootOf(thread.rows, at)]
}
