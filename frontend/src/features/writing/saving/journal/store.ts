import { promisifyRequest } from 'idb-keyval'

import { storage } from '@/lib/storage'

/** Owner, post (or "new"), visit, and which part of the entry. */
export type RowKey = readonly [owner: string, place: string, tab: string, part: 'text' | 'ground']

export interface Row {
  readonly key: RowKey
  readonly value: unknown
}

/** All rows of a transaction are written, or none. */
export interface Changes {
  readonly put: readonly Row[]
  readonly remove: readonly RowKey[]
  /** Whether it counts as done only on the disk: it outlives a power failure then, but takes longer. */
  readonly isFirm?: boolean
}

export interface Store {
  /** Rejects where it could not be kept. */
  write(changes: Changes): Promise<void>
  /** All that is kept for an owner. */
  read(owner: string): Promise<Row[]>
}

const databaseName = 'byline.journal'
const storeName = 'entries'

/** A transaction of our own store, as idb-keyval has it, with the choice of how durable it is. */
type Use = <T>(
  mode: IDBTransactionMode,
  callback: (store: IDBObjectStore) => Promise<T>,
  durability?: IDBTransactionDurability,
) => Promise<T>

export function openDatabase(): Use {
  let opening: Promise<IDBDatabase> | undefined
  let database: IDBDatabase | undefined

  function open(): Promise<IDBDatabase> {
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(storeName)
    const opened = promisifyRequest(request)
    opened.then(
      (result) => {
        database = result
        result.onclose = () => (database = opening = undefined)
        // Another tab has a newer version of this application: let it go on.
        result.onversionchange = () => {
          result.close()
          database = opening = undefined
        }
      },
      () => (opening = undefined),
    )
    return opened
  }

  return async (mode, callback, durability = 'default') => {
    const storeOf = (from: IDBDatabase): IDBObjectStore =>
      from.transaction(storeName, mode, { durability }).objectStore(storeName)
    // While it is open nothing is waited for: what is written when the page goes away must leave in the same moment.
    if (database) return callback(storeOf(database))
    opening ??= open()
    return callback(storeOf(await opening))
  }
}

const mutableKey = (key: RowKey): string[] => [...key]

export function databaseStore(use: Use = openDatabase()): Store {
  return {
    write: ({ put, remove, isFirm }) => {
      const write = (store: IDBObjectStore): Promise<void> => {
        for (const key of remove) store.delete(mutableKey(key))
        for (const { key, value } of put) store.put(value, mutableKey(key))
        const done = promisifyRequest(store.transaction)
        // Said at once, so that it is carried out even if this page is gone in a moment.
        store.transaction.commit?.()
        return done
      }
      return use('readwrite', write, isFirm ? 'strict' : 'relaxed')
    },
    read: (owner) =>
      use('readonly', async (store) => {
        const range = IDBKeyRange.bound([owner], [owner, []])
        const [keys, values] = await Promise.all([
          promisifyRequest(store.getAllKeys(range)),
          promisifyRequest(store.getAll(range)),
        ])
        return keys.flatMap((key: unknown, at) => (isRowKey(key) ? [{ key, value: values[at] }] : []))
      }),
  }
}

const isRowKey = (key: unknown): key is RowKey =>
  Array.isArray(key) && key.length === 4 && key.every((part) => typeof part === 'string')

const prefix = 'byline.journal.'

/** Where a browser has no database for us: smaller, but at once. */
export const plainStore: Store = {
  write({ put, remove }) {
    for (const key of remove) storage.write(prefix + JSON.stringify(key), null)
    const kept = put.every(({ key, value }) =>
      storage.write(prefix + JSON.stringify(key), JSON.stringify(value)),
    )
    return kept ? Promise.resolve() : Promise.reject(new DOMException('full', 'QuotaExceededError'))
  },
  read: (owner) =>
    Promise.resolve(
      storage.keys(prefix).flatMap((name) => {
        const key: unknown = parsed(name.slice(prefix.length))
        if (!isRowKey(key) || key[0] !== owner) return []
        return [{ key, value: parsed(storage.read(name) ?? 'null') }]
      }),
    ),
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
