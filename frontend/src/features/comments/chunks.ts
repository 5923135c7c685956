import type { Comment } from '@/api'

import { rootOf, type Tail, type Thread } from './thread'

/** A few rows that are built together. The same object as before for as long as nothing in it changes. */
export interface Chunk {
  readonly key: number
  readonly rows: readonly Comment[]
  /** After the last row of a branch that has more. */
  readonly tail: Tail | undefined
}

/** A few chunks, which the browser leaves alone together while they are far away. The same object, likewise. */
export interface Group {
  readonly key: number
  readonly chunks: readonly Chunk[]
}

/** What makes a chunk, and what a group; up to twice as many where others came in between. */
const rowsAChunk = 5
const chunksAGroup = 20

/** The piece is made of exactly what the list has from there on. */
function standsAt<T>(list: readonly T[], at: number, items: readonly T[]): boolean {
  if (at < 0) return false
  for (let index = 0; index < items.length; index += 1) if (list[at + index] !== items[index]) return false
  return true
}

/**
 * Cuts a list into pieces. Those in which nothing changed stay the same objects, and only what lies between them is cut
 * anew; a thread of thousands changes in one place at a time. `itemsOf` tells what a piece is made of, or nothing if it
 * cannot stay as it is.
 */
function recut<P, T>(
  list: readonly T[],
  before: readonly P[],
  itemsOf: (piece: P) => readonly T[] | undefined,
  cut: (start: number, end: number, old: readonly P[]) => P[],
): readonly P[] {
  const at = (index: number): readonly T[] | undefined => {
    const piece = before[index]
    return piece && itemsOf(piece)
  }
  let [first, start] = [0, 0]
  for (let items = at(first); items && standsAt(list, start, items); items = at(first)) {
    start += items.length
    first += 1
  }
  let [last, end] = [before.length, list.length]
  for (let items = at(last - 1); items && last > first; items = at(last - 1)) {
    if (end - items.length < start || !standsAt(list, end - items.length, items)) break
    end -= items.length
    last -= 1
  }
  return [...before.slice(0, first), ...cut(start, end, before.slice(first, last)), ...before.slice(last)]
}

/** Where to cut between `start` and `end`: wherever a piece began before, where it is full, and where it must end. */
function cuts(
  start: number,
  end: number,
  size: number,
  began: (at: number) => boolean,
  endsAt: (at: number) => boolean = () => false,
): [number, number][] {
  const pieces: [number, number][] = []
  let from = start
  for (let at = start + 1; at <= end; at += 1) {
    const limit = began(from) ? 2 * size : size
    if (at < end && !began(at) && at - from < limit && !endsAt(at)) continue
    pieces.push([from, at])
    from = at
  }
  return pieces
}

/** Cuts the thread into chunks; each branch that has more ends one. */
export function chunksOf(thread: Thread | undefined, before: readonly Chunk[] = []): readonly Chunk[] {
  if (!thread) return []
  const { rows, tails } = thread
  const tailAt = (end: number): Tail | undefined => {
    const endsBranch = end === rows.length || rows[end]?.depth === 0
    return endsBranch ? tails.get(rows[rootOf(rows, end - 1)]?.id ?? 0) : undefined
  }
  const itemsOf = ({ rows: items, tail }: Chunk) =>
    tail && tails.get(tail.root) !== tail ? undefined : items
  return recut(rows, before, itemsOf, (from, to, old) => {
    const keys = new Set(old.map(({ key }) => key))
    const began = (at: number): boolean => keys.has(rows[at]?.id ?? 0)
    const ends = (at: number): boolean => tailAt(at) !== undefined
    return cuts(from, to, rowsAChunk, began, ends).map(([start, end]) => ({
      key: rows[start]?.id ?? 0,
      rows: rows.slice(start, end),
      tail: tailAt(end),
    }))
  })
}

export function groupsOf(chunks: readonly Chunk[], before: readonly Group[] = []): readonly Group[] {
  return recut(
    chunks,
    before,
    (group) => group.chunks,
    (from, to, old) => {
      const keys = new Set(old.map(({ key }) => key))
      const began = (at: number): boolean => keys.has(chunks[at]?.key ?? 0)
      return cuts(from, to, chunksAGroup, began).map(([start, end]) => ({
        key: chunks[start]?.key ?? 0,
        chunks: chunks.slice(start, end),
      }))
    },
  )
}
