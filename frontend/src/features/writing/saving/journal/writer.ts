import { groundRow, keysOf, placeOf, textRow, type Entry, type Ground } from './entries'
import type { Changes, RowKey, Store } from './store'

/** How a text is kept on this device: as it should be, in the smaller place, not for want of room, or not at all. */
export type Keeping = 'kept' | 'small' | 'full' | 'none'

/** In milliseconds: a keystroke is on its way to the disk after this time at most. */
const interval = 15
/** How many writes may be under way; while the disk is slow, the newest text waits for its turn, not the older ones. */
const mostAtOnce = 3
/**
 * In milliseconds: after such a pause the text is written to the disk itself. While one types, the system's memory has
 * to do, which outlives the browser: to wait for a busy disk at each key would cost more than it saves.
 */
const firmAfter = 300

const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError'

/** Writes what is typed in one visit to the editor, in order, the newest as soon as may be. */
export class JournalWriter {
  private waiting: { entry: Entry | null } | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private firmTimer: ReturnType<typeof setTimeout> | undefined
  private last = -Infinity
  private underway = new Set<Promise<void>>()
  /** What the journal holds of this visit. */
  private held: RowKey[] = []
  private ground: Ground | null = null
  private place = ''
  /** What lies in the second store since the first refused it. */
  private strayed: RowKey[] = []

  constructor(
    private readonly first: Store,
    private readonly second: Store,
    private readonly onKeeping: (keeping: Keeping) => void,
  ) {}

  /** Keeps this; null means that the server has everything. */
  keep(entry: Entry | null): void {
    this.waiting = { entry }
    const wait = this.last + interval - Date.now()
    if (wait <= 0 && this.underway.size < mostAtOnce) this.flush()
    else this.timer ??= setTimeout(() => this.due(), Math.max(wait, 0))
    clearTimeout(this.firmTimer)
    if (entry) this.firmTimer = setTimeout(() => this.makeFirm(entry), firmAfter)
  }

  /** Writes now what still waits. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.waiting) return
    const { entry } = this.waiting
    this.waiting = null
    this.last = Date.now()
    this.watch(this.write(entry))
  }

  /** Resolves when everything is written. */
  async settled(): Promise<void> {
    clearTimeout(this.firmTimer)
    this.flush()
    while (this.underway.size > 0) await Promise.all(this.underway)
  }

  private watch(write: Promise<void>): void {
    const writing = write.finally(() => this.underway.delete(writing))
    this.underway.add(writing)
  }

  private makeFirm(entry: Entry): void {
    this.flush()
    // Where it lies elsewhere, it has been said that it does.
    const writing = this.first.write({ put: [textRow(entry)], remove: [], isFirm: true })
    this.watch(writing.catch(() => undefined))
  }

  private due(): void {
    this.timer = undefined
    if (this.underway.size < mostAtOnce) this.flush()
    else this.timer = setTimeout(() => this.due(), 10)
  }

  private changes(entry: Entry | null): Changes {
    if (!entry) return { put: [], remove: this.held }
    const moved = this.place !== placeOf(entry.ground)
    const rows = [textRow(entry)]
    if (moved || this.ground !== entry.ground) rows.push(groundRow(entry))
    return { put: rows, remove: moved ? this.held : [] }
  }

  private async write(entry: Entry | null): Promise<void> {
    const changes = this.changes(entry)
    if (changes.put.length === 0 && changes.remove.length === 0) return
    this.held = entry ? keysOf(entry) : []
    this.ground = entry?.ground ?? null
    this.place = entry ? placeOf(entry.ground) : ''
    try {
      await this.first.write(changes)
      this.onKeeping('kept')
      if (this.strayed.length > 0) await this.second.write({ put: [], remove: this.strayed.splice(0) })
    } catch (error) {
      await this.elsewhere(entry, changes, error)
    }
  }

  /** The database refused; the whole entry goes where there still is room. */
  private async elsewhere(entry: Entry | null, { remove }: Changes, error: unknown): Promise<void> {
    this.ground = null // the next write brings it anew
    const put = entry ? [textRow(entry), groundRow(entry)] : []
    try {
      await this.second.write({ put, remove })
      this.strayed = put.map(({ key }) => key)
      if (entry) this.onKeeping('small')
    } catch {
      this.onKeeping(isFull(error) ? 'full' : 'none')
    }
  }
}
