import { describe, expect, it } from 'vitest'

import type { Comment } from '@/api'
import { makeComment } from '@/test/factories'

import { chunksOf, groupsOf } from './chunks'
import { insert, replace, threadOf } from './thread'

const pageOf = (results: Comment[]) => ({ results, next: null, previous: null })
const rootsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => makeComment({ id: first + index }))
const many = threadOf(pageOf(rootsFrom(100, 95)))

describe('chunks', () => {
  const chunks = chunksOf(many)

  it('hold all rows, a few each', () => {
    expect(chunks.flatMap(({ rows }) => rows)).toEqual(many.rows)
    expect(Math.max(...chunks.map(({ rows }) => rows.length))).toBeLessThanOrEqual(5)
  })

  it('stay the same objects where nothing changed', () => {
    const changed = chunksOf(replace(many, 150, makeComment({ id: 150, body: 'New.' })), chunks)
    expect(changed.filter((chunk) => !chunks.includes(chunk))).toHaveLength(1)

    const reply = makeComment({ id: 900, parent: 105, depth: 1 })
    const longer = chunksOf(insert(many, reply, 'oldest'), chunks)
    expect(longer.filter((chunk) => !chunks.includes(chunk))).toHaveLength(1)
    expect(longer.flatMap(({ rows }) => rows)).toHaveLength(96)
  })

  it('end with a branch that has more', () => {
    const [first, second, third] = rootsFrom(1, 3).map((root) => ({ ...root, more_replies: 0 }))
    if (!first || !second || !third) throw new Error('There are three.')
    const reply = makeComment({ id: 9, parent: second.id, depth: 1 })
    const thread = threadOf(pageOf([first, { ...second, more_replies: 40 }, reply, third]))
    expect(chunksOf(thread).map(({ rows, tail }) => [rows.length, tail?.count])).toEqual([
      [3, 40],
      [1, undefined],
    ])
  })
})

describe('groups', () => {
  const thread = threadOf(pageOf(rootsFrom(1, 250)))
  const chunks = chunksOf(thread)
  const groups = groupsOf(chunks)

  it('hold all chunks, a few each', () => {
    expect(groups.flatMap((group) => group.chunks)).toEqual(chunks)
    expect(groups.map((group) => group.chunks.length)).toEqual([20, 20, 10])
  })

  it('stay the same objects where nothing changed', () => {
    const after = chunksOf(replace(thread, 120, makeComment({ id: 120, body: 'New.' })), chunks)
    expect(groupsOf(after, groups).map((group) => groups.includes(group))).toEqual([true, false, true])
  })

  it('begin where they began before when something new is put in front of them', () => {
    const after = chunksOf(insert(thread, makeComment({ id: 900 }), 'newest'), chunks)
    expect(groupsOf(after, groups).slice(1)).toEqual(groups)
  })
})
