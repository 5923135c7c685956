import { describe, expect, it } from 'vitest'

import type { ReportOutcome, TakenAction } from '@/api'
import messages from '@/locales/en.notifications.json'
import { makeNotification, makePerson } from '@/test/notification-factories'

import { namedAndOthers, placeOf, sentenceOf } from './wording'

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

describe('sentenceOf', () => {
  const has = (key: string) =>
    key.split('.').reduce<unknown>((at, part) => (at as never)?.[part], messages) !== undefined
  const decided = (action: string, subject: string, given = {}) =>
    sentenceOf(
      makeNotification({ kind: 'decision', data: { action, subject: { type: subject, id: 1 } }, ...given }),
      has,
    )

  it('has words of its own for all that is decided, and for what came of a report', () => {
    const decisions: Record<Exclude<TakenAction, 'dismiss'>, true> = {
      approve: true,
      remove: true,
      spam: true,
      lock: true,
      unlock: true,
      slow: true,
      warn: true,
      silence: true,
      suspend: true,
      lift: true,
      undo: true,
      uphold: true,
      overturn: true,
    }
    for (const action of Object.keys(decisions))
      expect(decided(action, 'comment').key).toBe(`notifications.decision.${action}`)
    const outcomes: Record<Exclude<ReportOutcome, 'open'>, true> = { upheld: true, declined: true }
    for (const outcome of Object.keys(outcomes))
      expect(sentenceOf(makeNotification({ kind: 'report', data: { outcome } }), has).key).toBe(
        `notifications.report.${outcome}`,
      )
  })

  it.each([
    ['remove', 'comment', 'commentUnder', 'comment'],
    ['remove', 'post', 'postNamed', 'post'],
    ['lock', 'post', 'threadUnder', 'thread'],
  ])('says what was decided about: %s, %s', (action, subject, named, unnamed) => {
    expect(decided(action, subject).what).toBe(`notifications.what.${named}`)
    expect(decided(action, subject, { post: null }).what).toBe(`notifications.what.${unnamed}`)
  })
})
