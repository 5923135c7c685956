/** Runs `use` in one transaction of the named store, and resolves once what it wrote is kept. */
export type Device = <T>(
  store: string,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T> | Promise<T>,
) => Promise<T>

export const promised = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The device refused.'))
  })

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('The device kept nothing.'))
  })

/** A database on this device with stores that are addressed by keys from outside. Rejects where a browser forbids it. */
export function openDevice(name: string, stores: readonly string[]): Device {
  let opening: Promise<IDBDatabase> | undefined

  function open(): Promise<IDBDatabase> {
    if (typeof indexedDB === 'undefined') return Promise.reject(new Error('There is no database here.'))
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store))
    const opened = promised(request)
    opened.then(
      (database) => {
        const close = (): void => {
          database.close()
          opening = undefined
        }
        database.onclose = close
        database.onversionchange = close
      },
      () => (opening = undefined),
    )
    return opened
  }

  return async (store, mode, use) => {
    const database = await (opening ??= open())
    const transaction = database.transaction(store, mode)
    const done = committed(transaction)
    const used = use(transaction.objectStore(store))
    const [result] = await Promise.all([used instanceof IDBRequest ? promised(used) : used, done])
    return result
  }
}
