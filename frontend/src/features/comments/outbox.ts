import { openDevice, promised, type Device } from '@/lib/device'
import { storage } from '@/lib/storage'

import type { Comment } from '@/api'

/** A comment that was written without a line, or without a server. It waits on this device until the server has said something to it. */
export interface Waiting {
  /** It is sent with this one however often it is tried, so that it never comes twice. */
  readonly key: string
  /** Who wrote it: nobody else sends it, or sees it. */
  readonly username: string
  readonly slug: string
  readonly parent: number | null
  readonly body: string
  /** When it was written, and first sent: an answer to that may have been lost. In milliseconds since 1970. */
  readonly writtenAt: number
  readonly triedAt?: number
  /** Why the server does not take it. */
  readonly refusal?: string
}

export type Outcome =
  /** Something in the outbox has changed. */
  | { readonly type: 'changed' }
  | { readonly type: 'sent'; readonly waiting: Waiting; readonly comment: Comment }

const storeName = 'comments'
/** Says only that something may be waiting, so that nobody else fetches the program for it. */
const hintKey = 'byline.outbox'

let device: Device | undefined
const use: Device = (...given) => (device ??= openDevice('byline.outbox', [storeName]))(...given)

/** Forgets the open database; for specs, each of which has one of its own. */
export const reopenOutbox = (): void => void (device = undefined)

export const mayWait = (): boolean => storage.read(hintKey) !== null

const listeners = new Set<(outcome: Outcome) => void>()
let channel: BroadcastChannel | undefined

function otherTabs(): BroadcastChannel {
  if (channel) return channel
  channel = new BroadcastChannel(hintKey)
  channel.onmessage = ({ data }: MessageEvent<Outcome>) => listeners.forEach((listener) => listener(data))
  return channel
}

/** Is called with what happens to waiting comments, in whichever tab. */
export function onOutcome(listener: (outcome: Outcome) => void): () => void {
  otherTabs()
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tell(outcome: Outcome): void {
  listeners.forEach((listener) => listener(outcome))
  otherTabs().postMessage(outcome)
}

const readAll = (): Promise<Waiting[]> =>
  use<Waiting[]>(storeName, 'readonly', (store) => store.getAll() as IDBRequest<Waiting[]>)

/** What somebody wrote that still waits, the oldest first. */
export async function waitingOf(username: string): Promise<Waiting[]> {
  const own = (await readAll()).filter((waiting) => waiting.username === username)
  return own.sort((one, other) => one.writtenAt - other.writtenAt)
}

/** Rejects where the device doesn't keep it. */
export async function keepWaiting(waiting: Waiting): Promise<void> {
  await use(storeName, 'readwrite', (store) => store.put(waiting, waiting.key))
  storage.write(hintKey, '1')
  tell({ type: 'changed' })
}

/** Changes one that is still there; answers whether it is. */
export async function changeWaiting(key: string, given: Partial<Waiting>): Promise<boolean> {
  const isThere = await use(storeName, 'readwrite', async (store) => {
    const known: Waiting | undefined = await promised(store.get(key))
    if (known) store.put({ ...known, ...given }, key)
    return known !== undefined
  })
  tell({ type: 'changed' })
  return isThere
}

export async function dropWaiting(key: string): Promise<void> {
  await use(storeName, 'readwrite', (store) => store.delete(key))
  if ((await readAll()).length === 0) storage.write(hintKey, null)
  tell({ type: 'changed' })
}
