import { describe, expect, it } from 'vitest'

import type { Comment } from '@/api'
import { makeComment } from '@/test/factories'

import { flatten, insert, plainHtml, remove, replace, type Thread } from './thread'

const root = makeComment({ id: 1 })
const reply = makeComment({ id: 2, parent: 1, depth: 1 })
const deep = makeComment({ id: 3, parent: 2, depth: 2 })
const second = makeComment({ id: 4 })
const third = makeComment({ id: 5 })

const threadOf = (...pages: Comment[][]): Thread => ({
  pages: pages.map((results) => ({ results, next: null, previous: null })),
  pageParams: pages.map(() => null),
})
const ids = (thread: Thread): number[] => flatten(thread).map(({ id }) => id)

describe('thread', () => {
  const thread = threadOf([root, reply, deep, second], [third])

  it('puts a reply after all that hangs on its parent', () => {
    expect(ids(insert(thread, makeComment({ id: 9, parent: 1, depth: 1 }), 'oldest'))).toEqual([
      1, 2, 3, 9, 4, 5,
    ])
    expect(ids(insert(thread, makeComment({ id: 9, parent: 2, depth: 2 }), 'newest'))).toEqual([
      1, 2, 3, 9, 4, 5,
    ])
  })

  it('puts a new root where the new ones are', () => {
    expect(ids(insert(thread, makeComment({ id: 9 }), 'oldest'))).toEqual([1, 2, 3, 4, 5, 9])
    expect(ids(insert(thread, makeComment({ id: 9 }), 'newest'))).toEqual([9, 1, 2, 3, 4, 5])
  })

  it('shows a comment once, where a later page has it', () => {
    expect(ids(threadOf([root, third], [second, third]))).toEqual([1, 4, 5])
  })

  it('takes out what has no replies and keeps the place of what has some', () => {
    expect(ids(remove(thread, 4, 'deleted'))).toEqual([1, 2, 3, 5])

    const kept = remove(thread, 1, 'removed')
    expect(ids(kept)).toEqual([1, 2, 3, 4, 5])
    expect(flatten(kept)[0]).toMatchObject({ status: 'removed', body: '', author: null })
  })

  it('replaces one by its id', () => {
    expect(flatten(replace(thread, 4, { ...second, body: 'Other.' }))[3]?.body).toBe('Other.')
  })
})

describe('plainHtml', () => {
  it('shows signs and lines as typed, running nothing', () => {
    expect(plainHtml('<b>1</b>\n& 2\n\n"3"')).toBe(
      '<p>&lt;b&gt;1&lt;/b&gt;<br>&amp; 2</p><p>&quot;3&quot;</p>',
    )
  })
})
