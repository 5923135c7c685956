import { describe, expect, it } from 'vitest'

import { makeNotification, makePerson } from '@/test/notification-factories'

import { namedAndOthers, placeOf } from './wording'

const ada = makePerson('ada', 'Ada')
const bo = makePerson('bo')
const cy = makePerson('cy', 'Cy')

describe('namedAndOthers', () => {
  it.each([
    [[ada], 1, ['Ada'], 0],
    [[ada, bo], 2, ['Ada', 'bo'], 0],
    [[ada, bo, cy], 3, ['Ada', 'bo', 'Cy'], 0],
    [[ada, bo, cy], 5, ['Ada', 'bo'], 3],
    [[], 0, [], 0],
  ])('names and counts %#', (actors, count, named, others) => {
    expect(namedAndOthers(actors, count)).toEqual({ named, others })
  })
})

describe('placeOf', () => {
  it('leads to the very comment', () => {
    expect(placeOf(makeNotification())).toEqual({
      name: 'post',
      params: { slug: 'on-engines' },
      hash: '#comment-41',
    })
  })

  it('leads to the post, to what was decided and to one’s reports', () => {
    expect(placeOf(makeNotification({ kind: 'like', comment: null }))).toEqual({
      name: 'post',
      params: { slug: 'on-engines' },
    })
    expect(placeOf(makeNotification({ kind: 'decision' }))).toEqual({ name: 'account-decisions' })
    expect(placeOf(makeNotification({ kind: 'report' }))).toEqual({ name: 'account-reports' })
  })
})
