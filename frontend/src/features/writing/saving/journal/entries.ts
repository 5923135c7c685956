import type { PostCreateRequest } from '@/api'

import type { Draft } from '../draft'
import type { Row, RowKey } from './store'

/** A creation whose answer may have been lost: it is repeated as it was, never sent anew. */
export interface Creation {
  readonly key: string
  readonly body: PostCreateRequest
  readonly draft: Draft
}

/** What was typed over. It changes with a save, not with a keystroke. */
export interface Ground {
  /** None for a post that the server doesn't know. */
  readonly post: { readonly id: number; readonly slug: string } | null
  readonly base: Draft
  /** What was sent and not answered: the server may have it. */
  readonly sent: readonly Draft[]
  readonly creation: Creation | null
  /** Earlier visits whose text is in this one's. */
  readonly adopted: readonly string[]
}

/** What was typed and the server may not have yet. */
export interface Entry {
  readonly owner: string
  /** The visit to the editor that typed it. */
  readonly tab: string
  readonly ground: Ground
  readonly draft: Draft
  /** In milliseconds since 1970. */
  readonly at: number
}

/** The text as what it changes of the base, so that a keystroke in a long post writes little. */
interface TextRow {
  readonly at: number
  readonly fields: Omit<Draft, 'body'>
  readonly body: readonly [start: number, end: number, text: string]
}

export const placeOf = ({ post }: Ground): string => (post ? String(post.id) : 'new')

const keyOf = (entry: Entry, part: 'text' | 'ground'): RowKey => [
  entry.owner,
  placeOf(entry.ground),
  entry.tab,
  part,
]

export const keysOf = (entry: Entry): RowKey[] => [keyOf(entry, 'text'), keyOf(entry, 'ground')]

export function spliceBetween(before: string, after: string): readonly [number, number, string] {
  const shortest = Math.min(before.length, after.length)
  let start = 0
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  let tail = 0
  while (
    tail < shortest - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail += 1
  return [start, before.length - tail, after.slice(start, after.length - tail)]
}

export function textRow(entry: Entry): Row {
  const { body, ...fields } = entry.draft
  const value: TextRow = { at: entry.at, fields, body: spliceBetween(entry.ground.base.body, body) }
  return { key: keyOf(entry, 'text'), value }
}

export const groundRow = (entry: Entry): Row => ({ key: keyOf(entry, 'ground'), value: entry.ground })

const isGround = (value: unknown): value is Ground =>
  typeof value === 'object' && value !== null && 'base' in value && 'sent' in value && 'post' in value

const isText = (value: unknown): value is TextRow =>
  typeof value === 'object' &&
  value !== null &&
  'fields' in value &&
  'body' in value &&
  Array.isArray(value.body)

/** The entries that rows make, the oldest first. What is damaged is left where it is. */
export function entriesOf(rows: readonly Row[]): Entry[] {
  const grounds = new Map(
    rows
      .filter(({ key }) => key[3] === 'ground')
      .map(({ key, value }) => [key.slice(0, 3).join('\n'), value]),
  )
  return rows
    .flatMap(({ key, value }) => {
      const ground = grounds.get(key.slice(0, 3).join('\n'))
      if (key[3] !== 'text' || !isText(value) || !isGround(ground)) return []
      const [start, end, text] = value.body
      const before = ground.base.body
      const body = before.slice(0, start) + text + before.slice(end)
      return [{ owner: key[0], tab: key[2], ground, draft: { ...value.fields, body }, at: value.at }]
    })
    .sort((one, other) => one.at - other.at)
}
