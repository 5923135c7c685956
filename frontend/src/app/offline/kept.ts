import { mayHaveSession } from '@/api'
import { openDevice, promised, type Device } from '@/lib/device'
import { storage } from '@/lib/storage'

/** Whose answers are kept here, besides those that everybody gets. */
const ownerKey = 'byline.kept-for'
const everybody = ''
/** How many answers are kept; about seven belong to a post. The one that was used longest ago goes first. */
const most = 600
const storeName = 'answers'

export interface Kept {
  readonly value: unknown
  /** In milliseconds since 1970: when the server said so. */
  readonly at: number
}

interface Row extends Kept {
  readonly usedAt: number
}

let device: Device | undefined
const use: Device = (...given) => (device ??= openDevice('byline.kept', [storeName]))(...given)

/** Forgets the open database; for specs, each of which has one of its own. */
export const reopenKept = (): void => void (device = undefined)

/** Whose answers one gets now: nobody's in particular, somebody's, or (undefined) it isn't known yet whose. */
export function owner(): string | undefined {
  if (!mayHaveSession()) return everybody
  return storage.read(ownerKey) ?? undefined
}

const rowKey = (whose: string, hash: string): [string, string] => [whose, hash]

/** Says who is there. Whatever is kept of somebody else goes; answers whether there was somebody else. */
export async function belongTo(username: string | undefined): Promise<boolean> {
  const before = storage.read(ownerKey)
  storage.write(ownerKey, username ?? null)
  if (before === (username ?? null)) return false
  await wipeAllBut(username)
  return before !== null
}

/** Drops what is kept of people, save one; what everybody gets stays. */
async function wipeAllBut(username: string | undefined): Promise<void> {
  await use(storeName, 'readwrite', async (store) => {
    for (const key of await promised(store.getAllKeys())) {
      const [whose] = Array.isArray(key) ? key : []
      if (whose !== everybody && whose !== username) store.delete(key)
    }
  })
}

/** Keeps answers that came for `whose`, unless somebody else is there by the time they are written. */
export async function keep(whose: string, answers: readonly { hash: string; answer: Kept }[]): Promise<void> {
  await use(storeName, 'readwrite', async (store) => {
    const count = await promised(store.count())
    if (owner() !== whose) return
    for (const { hash, answer } of answers) put(store, rowKey(whose, hash), { ...answer, usedAt: Date.now() })
    if (count + answers.length > most) await trim(store)
  })
}

/** What can't be written, such as something that holds a function, is left out. */
function put(store: IDBObjectStore, key: IDBValidKey, row: Row): void {
  try {
    store.put(row, key)
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error
  }
}

async function trim(store: IDBObjectStore): Promise<void> {
  const keys = await promised(store.getAllKeys())
  const rows: Row[] = await promised(store.getAll())
  const byUse = keys.map((key, at) => ({ key, usedAt: rows[at]?.usedAt ?? 0 }))
  byUse.sort((one, other) => one.usedAt - other.usedAt)
  for (const { key } of byUse.slice(0, Math.max(0, keys.length - most))) store.delete(key)
}

/** What the server said last to whoever is there, or to everybody. */
export async function recall(hash: string): Promise<Kept | undefined> {
  const whose = owner()
  if (whose === undefined) return undefined
  return use(storeName, 'readwrite', async (store) => {
    for (const key of new Set([whose, everybody])) {
      const row: Row | undefined = await promised(store.get(rowKey(key, hash)))
      if (!row) continue
      put(store, rowKey(key, hash), { ...row, usedAt: Date.now() })
      return { value: row.value, at: row.at }
    }
    return undefined
  })
}
