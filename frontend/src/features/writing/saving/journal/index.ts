import { goesOn, holdVisit } from './alive'
import { entriesOf, groundRow, keysOf, placeOf, textRow, type Entry } from './entries'
import { migrate } from './migration'
import { databaseStore, plainStore, type Store } from './store'
import { readTails, removeTails, Tail } from './tail'
import { JournalWriter, type Keeping } from './writer'

export type { Creation, Entry, Ground } from './entries'
export type { Keeping } from './writer'

let database: Store | undefined
const store = (): Store => (database ??= databaseStore())

/** Forgets the open database; for specs, each of which has one of its own. */
export const reopenJournal = (): void => void (database = undefined)

async function readAll(owner: string): Promise<Entry[]> {
  migrate(plainStore)
  const rows = await store()
    .read(owner)
    .catch(() => [])
  const places = [rows, await plainStore.read(owner), readTails(owner)]
  const entries = places.flatMap(entriesOf).sort((one, other) => one.at - other.at)
  // The same visit may have written to several of them: the newest counts.
  return [...new Map(entries.map((entry) => [`${placeOf(entry.ground)}\n${entry.tab}`, entry])).values()]
}

/** What keeps unsaved text on this device, at once and through a crash: one entry a post and visit. */
export const journal = {
  /**
   * What this owner left behind, the oldest first; somebody else's text is neither shown nor dropped. `own` is the visit
   * that asks.
   */
  async leftBehind(owner: string, own?: string): Promise<Entry[]> {
    const entries = await readAll(owner)
    const adopted = new Set(entries.flatMap(({ ground }) => ground.adopted))
    const others = entries.filter(({ tab }) => tab !== own && !adopted.has(tab))
    const live = await Promise.all(others.map(({ tab }) => goesOn(tab)))
    return others.filter((_, at) => !live[at])
  },

  async drop(entry: Entry): Promise<void> {
    const changes = { put: [], remove: keysOf(entry) }
    removeTails(changes.remove)
    await plainStore.write(changes)
    await store()
      .write(changes)
      .catch(() => undefined)
  },

  /** Puts an entry back as it was. */
  async keep(entry: Entry): Promise<void> {
    const changes = { put: [textRow(entry), groundRow(entry)], remove: [] }
    await store()
      .write(changes)
      .catch(() => plainStore.write(changes))
  },

  writer: (onKeeping: (keeping: Keeping) => void): JournalWriter =>
    new JournalWriter(store(), plainStore, onKeeping),

  tail: (): Tail => new Tail(),

  holdVisit,
}
