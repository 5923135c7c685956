import { promisifyRequest, type UseStore } from 'idb-keyval'

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
}

export interface Store {
  /** Rejects where it could not be kept. */
  write(changes: Changes): Promise<void>
  /** All that is kept for an owner. */
  read(owner: string): Promise<Row[]>
}

const databaseName = 'byline.journal'
const storeName = 'entries'

/** A store that asks for each transaction to reach the disk before it counts as done. */
export function openDatabase(): UseStore {
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

  const transaction = (from: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore =>
    from.transaction(storeName, mode, { durability: 'strict' }).objectStore(storeName)

  return async (mode, callback) => {
    // While it is open nothing is waited for: what is written when the page goes away must leave in the same moment.
    if (database) return callback(transaction(database, mode))
    opening ??= open()
    return callback(transaction(await opening, mode))
  }
}

const mutableKey = (key: RowKey): string[] => [...key]

export function databaseStore(use: UseStore = openDatabase()): Store {
  return {
    write: ({ put, remove }) =>
      use('readwrite', (store) => {
        for (const key of remove) store.delete(mutableKey(key))
        for (const { key, value } of put) store.put(value, mutableKey(key))
        const done = promisifyRequest(store.transaction)
        // Said at once, so that it is carried out even if this page is gone in a moment.
        store.transaction.commit?.()
        return done
      }),
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
