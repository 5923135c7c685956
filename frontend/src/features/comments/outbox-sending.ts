import type { QueryClient } from '@tanstack/vue-query'

import {
  createComment,
  idempotencyKey,
  listComments,
  mayHaveSession,
  onSessionChange,
  type Comment,
} from '@/api'
import { meQuery } from '@/features/accounts'
import { isOffline } from '@/lib/online'
import { NetworkError, ProblemError } from '@/lib/problem'

import { changeWaiting, dropWaiting, mayWait, tell, waitingOf, type Waiting } from './outbox'

const lockName = 'byline.outbox'
/** How often one tries again while something waits, in milliseconds. */
const tryEvery = 30_000
/** For so long, less an hour, the server knows a key again; in milliseconds. */
const keyLasts = 23 * 60 * 60_000

/** Answers that say nothing about the comment: it is tried again. */
const saysNothing = (error: unknown): boolean =>
  error instanceof NetworkError ||
  (error instanceof ProblemError &&
    (error.status >= 500 ||
      [401, 408, 429].includes(error.status) ||
      error.code === 'idempotency_key_in_use'))

const reasonOf = (error: unknown): string => {
  if (!(error instanceof ProblemError)) return String(error)
  return error.errors.map(({ detail }) => detail).join(' ') || error.detail || error.title
}

/** Whether it got there long ago, by a request whose answer was lost. */
async function alreadyThere({ slug, username, body, triedAt }: Waiting): Promise<Comment | undefined> {
  if (triedAt === undefined || Date.now() - triedAt < keyLasts) return undefined
  const page = await listComments({ path: { slug }, query: { order: 'newest', limit: 100 } })
  return page.results.find((comment) => comment.author?.username === username && comment.body === body)
}

/** Sends one; answers whether the next one is worth trying. */
async function send(waiting: Waiting): Promise<boolean> {
  const { key, slug, parent, body } = waiting
  try {
    const known = await alreadyThere(waiting)
    if (waiting.triedAt === undefined && !(await changeWaiting(key, { triedAt: Date.now() }))) return true
    const comment =
      known ??
      (await createComment({
        path: { slug },
        body: { body, ...(parent === null ? {} : { parent }) },
        headers: idempotencyKey(key),
      }))
    await dropWaiting(key)
    tell({ type: 'sent', waiting, comment })
    return true
  } catch (error) {
    if (saysNothing(error)) return false
    await changeWaiting(key, { refusal: reasonOf(error) })
    return true
  }
}

/** One tab at a time. Where a browser has no locks to give, the key sees to it that nothing comes twice. */
async function alone(step: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = navigator.locks
  if (!locks) return step()
  await locks.request(lockName, { ifAvailable: true }, (lock) => (lock ? step() : undefined))
}

let sending: Promise<void> | undefined

/** Sends what this person wrote, in its order, until all is there or the line fails. */
export function sendWaiting(username: string): Promise<void> {
  sending ??= alone(async () => {
    const tried = new Set<string>()
    for (;;) {
      const next = (await waitingOf(username)).find(({ key, refusal }) => !refusal && !tried.has(key))
      if (!next || !mayHaveSession()) return
      tried.add(next.key)
      if (!(await send(next))) return
    }
  }).finally(() => (sending = undefined))
  return sending
}

let started = false

/** From now on, whenever there may be a line, what waits is sent in the name of whoever is there and wrote it. */
export function startSending(client: QueryClient): void {
  const attempt = async (): Promise<void> => {
    if (!mayWait() || isOffline() || !mayHaveSession()) return
    const { username } = await client.fetchQuery(meQuery())
    await sendWaiting(username)
  }
  const soon = (): void => void attempt().catch(() => undefined)
  soon()
  if (started) return
  started = true
  window.addEventListener('online', soon)
  document.addEventListener('visibilitychange', soon)
  onSessionChange((signedIn) => signedIn && soon())
  setInterval(soon, tryEvery)
}
