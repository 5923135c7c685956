import { describe, expect, it } from 'vitest'

import { makeCase } from '../test/support'

import { choicesFor, endsCase, inForce, quickFor } from './choices'

const soon = new Date(Date.now() + 86_400_000).toISOString()
const past = '2020-01-01T00:00:00Z'
const { person } = makeCase()

describe('what can be decided', () => {
  it('never leaves a case without an end', () => {
    const states = ['visible', 'pending', 'spam', 'removed', 'deleted']
    const kinds = [
      ...states.map((status) => makeCase({}, { status })),
      makeCase({}, { type: 'post', status: 'published' }),
      makeCase({}, { type: 'post', status: 'draft' }),
      makeCase({}, { type: 'person', status: 'inactive' }),
    ]
    for (const one of kinds) expect(quickFor(one).length).toBeGreaterThan(0)
    expect(quickFor(makeCase({}, { status: 'spam' }))).toEqual(['approve', 'remove', 'spam'])
    expect(quickFor(makeCase({}, { type: 'post', status: 'draft' }))).toEqual(['dismiss'])
  })

  it('lifts only what is in force', () => {
    if (!person) throw new Error('the case has an author')
    expect([inForce(null), inForce(past), inForce(soon)]).toEqual([undefined, undefined, soon])
    expect(choicesFor(makeCase({ person: { ...person, silenced_until: past } }))).not.toContain('lift')
    expect(choicesFor(makeCase({ person: { ...person, suspended_until: soon } }))).toContain('lift')
  })

  it('ends a case where it is about the very thing', () => {
    expect(endsCase('silence', makeCase())).toBe(false)
    expect(endsCase('lock', makeCase())).toBe(false)
    expect(endsCase('lock', makeCase({}, { type: 'post' }))).toBe(true)
    expect(endsCase('silence', makeCase({}, { type: 'person' }))).toBe(true)
    expect(endsCase('remove', makeCase())).toBe(true)
  })
})
