import { describe, expect, it } from 'vitest'

import type { Comment } from '@/api'
import { makeComment } from '@/test/factories'

import { plainHtml, quoteOf } from './plain'
import { addNews, append, insert, mergeBranch, remove, replace, threadOf, type Thread } from './thread'

const root = makeComment({ id: 1 })
const reply = makeComment({ id: 2, parent: 1, depth: 1 })
const deep = makeComment({ id: 3, parent: 2, depth: 2 })
const second = makeComment({ id: 4 })
const third = makeComment({ id: 5 })

const pageOf = (results: Comment[], next: string | null = null) => ({ results, next, previous: null })
const ids = (thread: Thread): number[] => thread.rows.map(({ id }) => id)
const news = (id: number, given: Partial<Comment> = {}) => makeComment({ id, ...given })

describe('thread', () => {
  const thread = threadOf(pageOf([root, reply, deep, second, third]))

  it('puts a reply after all that hangs on its parent', () => {
    expect(ids(insert(thread, news(9, { parent: 1, depth: 1 }), 'oldest'))).toEqual([1, 2, 3, 9, 4, 5])
    expect(ids(insert(thread, news(9, { parent: 2, depth: 2 }), 'newest'))).toEqual([1, 2, 3, 9, 4, 5])
  })

  it('puts a new root where the new ones are', () => {
    expect(ids(insert(thread, news(9), 'oldest'))).toEqual([1, 2, 3, 4, 5, 9])
    expect(ids(insert(thread, news(9), 'newest'))).toEqual([9, 1, 2, 3, 4, 5])
  })

  it('shows a comment once, where a later page has it', () => {
    const first = threadOf(pageOf([root, third], 'http://localhost/?cursor=two'))
    expect(first.next).toBe('two')
    expect(ids(append(first, pageOf([second, third])))).toEqual([1, 4, 5])
  })

  it('takes out what has no replies and keeps the place of what has some', () => {
    expect(ids(remove(thread, 4, 'deleted'))).toEqual([1, 2, 3, 5])

    const kept = remove(thread, 1, 'removed')
    expect(ids(kept)).toEqual([1, 2, 3, 4, 5])
    expect(kept.rows[0]).toMatchObject({ status: 'removed', body: '', author: null })
  })

  it('replaces one by its id', () => {
    expect(replace(thread, 4, { ...second, body: 'Other.' }).rows[3]?.body).toBe('Other.')
  })
})

describe('the rest of a branch', () => {
  const start = threadOf(pageOf([{ ...root, more_replies: 3 }, reply, second]))

  it('goes where it belongs, after what was there', () => {
    const tail = start.tails.get(1)
    expect(tail).toEqual({ root: 1, count: 3, after: 2 })
    const more = mergeBranch(
      start,
      tail ?? fail(),
      pageOf([deep, news(7, { parent: 1, depth: 1 })], '/?cursor=x'),
    )

    expect(ids(more)).toEqual([1, 2, 3, 7, 4])
    expect(more.tails.get(1)).toEqual({ root: 1, count: 1, after: 7 })
    const last = more.tails.get(1) ?? fail()
    expect(mergeBranch(more, last, pageOf([news(8, { parent: 1, depth: 1 })])).tails.size).toBe(0)
  })

  it('brings once what had been put in before', () => {
    const own = insert(start, news(8, { parent: 1, depth: 1 }), 'oldest')
    const more = mergeBranch(
      own,
      own.tails.get(1) ?? fail(),
      pageOf([deep, news(8, { parent: 1, depth: 1 })]),
    )

    expect(ids(more)).toEqual([1, 2, 3, 8, 4])
  })
})

describe('news', () => {
  it('go where they belong; what hangs on a part that is not there comes with it', () => {
    const start = threadOf(pageOf([root, second], '/?cursor=two'))
    const given = [
      news(20, { parent: 1, depth: 1 }),
      news(21, { parent: 20, depth: 2 }),
      news(22, { parent: 17 }),
      news(23),
    ]
    const { thread, placed } = addNews(start, given, 'oldest')

    expect(ids(thread)).toEqual([1, 20, 21, 4])
    expect(placed).toEqual([20, 21])
    expect(addNews(start, given, 'newest').placed).toEqual([20, 21, 23])
  })
})

function fail(): never {
  throw new Error('There is no tail.')
}

describe('plainHtml', () => {
  it('shows signs and lines as typed, running nothing', () => {
    expect(plainHtml('<b>1</b>\n& 2\n\n"3"')).toBe(
      '<p>&lt;b&gt;1&lt;/b&gt;<br>&amp; 2</p><p>&quot;3&quot;</p>',
    )
  })
})

describe('quoteOf', () => {
  it('quotes each line', () => {
    expect(quoteOf('One\n\nTwo\n')).toBe('> One\n>\n> Two\n\n')
  })
})
