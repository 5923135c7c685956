import type { Query, QueryClient, QueryKey } from '@tanstack/vue-query'

import { mayHaveSession, onSessionChange } from '@/api'
import { isOffline } from '@/lib/online'
import { isUnreachable } from '@/lib/problem'

import { recalled } from './at-hand'
import { belongTo, keep, owner, type Kept } from './kept'
import { tell } from './worker'

/** In milliseconds: what comes together is written together. */
const gathering = 300
/** How often one tries whether the line is back, in milliseconds. */
const tryEvery = 20_000

/** What readers open, by the first word of its key. Nothing that is being written, and nothing of one's account. */
const kinds = new Set([
  'archive',
  'authors',
  'bookmarks',
  'categories',
  'comment-status',
  'comments',
  'further-reading',
  'me',
  'mentions',
  'pages',
  'posts',
  'reactions',
  'series',
  'site',
  'tags',
])

const isDraft = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'status' in data &&
  'slug' in data &&
  data.status !== 'published'

/** Rows of a list that are written at once without the page's standing still for it. */
const mostRows = 1_000

/** Of a discussion of thousands what was kept before they came stays. */
const isTooLong = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'rows' in data &&
  Array.isArray(data.rows) &&
  data.rows.length > mostRows

interface Answered {
  readonly queryKey: QueryKey
  readonly state: Pick<Query['state'], 'data' | 'status'>
}

export function isWorthKeeping({ queryKey, state }: Answered): boolean {
  const [kind, part] = queryKey
  if (state.data === undefined || state.status !== 'success' || !kinds.has(String(kind))) return false
  if (kind === 'me') return queryKey.length === 1
  if (kind === 'comments' && isTooLong(state.data)) return false
  return !(kind === 'posts' && part === 'detail' && isDraft(state.data))
}

/** Keeps on this device what is read, each for the person it was sent to, until that person leaves. */
export function startKeeping(client: QueryClient): () => void {
  const cache = client.getQueryCache()
  const waiting = new Map<string, Query>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function note(query: Query): void {
    if (!isWorthKeeping(query) || recalled.has(query.queryHash)) return
    waiting.set(query.queryHash, query)
    timer ??= setTimeout(() => void write(), gathering)
  }

  async function write(): Promise<void> {
    timer = undefined
    const whose = owner()
    // It isn't known yet who is there: as soon as it is, all of it comes again.
    if (whose === undefined) return waiting.clear()
    const answers = [...waiting.values()].map((query) => ({ hash: query.queryHash, answer: answerOf(query) }))
    waiting.clear()
    // A device that is full or keeps nothing is no fault of the page.
    await keep(whose, answers).catch(() => undefined)
  }

  const noteAll = (): void => cache.getAll().forEach(note)

  async function meet(query: Query): Promise<void> {
    const me: unknown = query.state.data
    if (typeof me !== 'object' || me === null || !('username' in me) || recalled.has(query.queryHash)) return
    await become(String(me.username))
    noteAll()
  }

  const stopListening = cache.subscribe((event) => {
    if (event.type === 'removed') recalled.delete(event.query.queryHash)
    if (event.type !== 'added' && !(event.type === 'updated' && event.action.type === 'success')) return
    const { query } = event
    if (query.queryKey.length === 1 && query.queryKey[0] === 'me' && mayHaveSession()) void meet(query)
    note(query)
  })
  const stopWatching = onSessionChange((signedIn) => {
    waiting.clear()
    if (!signedIn) void become(undefined)
  })

  if (!mayHaveSession()) void become(undefined)
  const me = cache.find({ queryKey: ['me'] })
  if (me && mayHaveSession()) void meet(me)
  noteAll()
  const stopTrying = askAgain(client)
  return () => {
    stopListening()
    stopWatching()
    stopTrying()
    clearTimeout(timer)
  }
}

/** Pages and pictures are the same for everybody, but tell what somebody has read. */
async function become(username: string | undefined): Promise<void> {
  if (await belongTo(username).catch(() => true)) tell({ type: 'forget' })
}

const answerOf = ({ state }: Query): Kept => ({ value: state.data, at: state.dataUpdatedAt })

/** Asks again for what could not be had, as soon as there is hope. */
function askAgain(client: QueryClient): () => void {
  const isWanting = (query: Query): boolean =>
    query.isActive() && (recalled.has(query.queryHash) || isUnreachable(query.state.error))
  const ask = (): void => {
    if (document.visibilityState === 'visible' && !isOffline())
      void client.invalidateQueries({ predicate: isWanting })
  }
  const timer = setInterval(ask, tryEvery)
  window.addEventListener('online', ask)
  document.addEventListener('visibilitychange', ask)
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', ask)
    document.removeEventListener('visibilitychange', ask)
  }
}
