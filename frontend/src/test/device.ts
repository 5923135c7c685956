import 'fake-indexeddb/auto'

import { IDBFactory } from 'fake-indexeddb'

/** A browser that has kept nothing yet. */
export function freshDevice(): void {
  globalThis.indexedDB = new IDBFactory()
  localStorage.clear()
}
