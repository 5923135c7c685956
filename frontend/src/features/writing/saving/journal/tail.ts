import { newKey } from '@/api'
import { storage } from '@/lib/storage'

import { groundRow, placeOf, textRow, type Entry, type Ground } from './entries'
import type { Row, RowKey } from './store'

const prefix = 'byline.tail.'
/** In characters: what is longer is left to the database, for this takes the page's own time. */
const longestGround = 400_000
const longestText = 20_000

/** Rows that belong together have the same serial: a tab may die between the one and the other. */
interface Noted {
  readonly serial: string
  readonly value: unknown
}

const isNoted = (value: unknown): value is Noted =>
  typeof value === 'object' && value !== null && 'serial' in value && 'value' in value

const nameOf = (key: RowKey): string => prefix + JSON.stringify(key)

/**
 * The newest text of a visit in local storage, where it is at the very moment of a keystroke. The database may keep a
 * tab waiting for its disk, and a tab that dies meanwhile would take what waits along.
 */
export class Tail {
  private ground: Ground | null = null
  private serial = ''
  private keys: readonly RowKey[] = []

  /** Notes this; null means that the server has everything. */
  note(entry: Entry | null): void {
    if (!entry) return this.forget()
    const [text, ground] = [textRow(entry), groundRow(entry)]
    if (this.keys.some((key) => key[1] !== placeOf(entry.ground))) this.forget()
    this.keys = [text.key, ground.key]
    const isNoted =
      (this.ground === entry.ground || this.begin(ground, entry.ground)) && this.put(text, longestText)
    if (!isNoted) this.forget()
  }

  /** What was typed over is another text now. */
  private begin(row: Row, ground: Ground): boolean {
    this.serial = newKey()
    this.ground = ground
    return this.put(row, longestGround)
  }

  private put({ key, value }: Row, longest: number): boolean {
    const text = JSON.stringify({ serial: this.serial, value } satisfies Noted)
    return text.length <= longest && storage.write(nameOf(key), text)
  }

  private forget(): void {
    removeTails(this.keys)
    this.keys = []
    this.ground = null
  }
}

/** The rows that visits of this owner have noted, as the database would have them. */
export function readTails(owner: string): Row[] {
  const noted = storage.keys(prefix).flatMap((name) => {
    const key = parsed(name.slice(prefix.length))
    const value = parsed(storage.read(name))
    return Array.isArray(key) && key[0] === owner && isNoted(value) ? [{ name, key, ...value }] : []
  })
  return noted.flatMap(({ key: [, place, tab, part], serial, value }) => {
    const isWhole = noted.some(
      (other) => other.serial === serial && other.key[2] === tab && other.key[3] !== part,
    )
    return isWhole && (part === 'text' || part === 'ground')
      ? [{ key: [owner, place, tab, part], value }]
      : []
  })
}

export function removeTails(keys: readonly RowKey[]): void {
  for (const key of keys) storage.write(nameOf(key), null)
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
