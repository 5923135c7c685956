import { describe, expect, it } from 'vitest'

import { makePost } from '@/test/factories'

import { changesBetween, differences, emptyDraft, fieldOfPointer, toDraft, wordCount } from './draft'

const base = toDraft(makePost({ title: 'Ink', body: 'One.', tags: [{ slug: 'ink', name: 'Ink' }] }))

describe('changesBetween', () => {
  it('names only what differs', () => {
    expect(changesBetween(base, { ...base, title: 'Inks', tags: 'Ink, Pens' })).toEqual({
      title: 'Inks',
      tags: ['Ink', 'Pens'],
    })
  })

  it('never sends an empty slug, and takes the cover away as a whole', () => {
    const covered = { ...base, coverUrl: 'https://example.org/a.png', coverAlt: 'A' }
    expect(changesBetween(covered, { ...covered, coverUrl: '', slug: '' })).toEqual({ cover: null })
  })

  it('keeps blanks in the body and ignores them around a title', () => {
    expect(differences(base, { ...base, title: 'Ink ', tags: 'Ink, ' })).toEqual([])
    expect(differences(base, { ...base, body: 'One. ' })).toEqual(['body'])
  })

  it('takes an address and what the server makes a URI of it for the same', () => {
    const typed = { ...base, canonicalUrl: 'https://a.example/夏?b=%20&c=é|#d ' }
    const kept = { ...base, canonicalUrl: 'https://a.example/%E5%A4%8F?b=%20&c=%C3%A9%7C#d' }
    expect(differences(typed, kept)).toEqual([])
    expect(differences(kept, { ...base, canonicalUrl: 'https://a.example/' })).toEqual(['canonicalUrl'])
    expect(differences(kept, { ...kept, canonicalUrl: '\ud800' })).toEqual(['canonicalUrl'])
  })
})

it('finds the field that a problem is about', () => {
  expect(fieldOfPointer('/cover/alt')).toBe('coverAlt')
  expect(fieldOfPointer('/tags/0')).toBe('tags')
  expect(fieldOfPointer('/unknown')).toBeUndefined()
})

it('counts words in any script', () => {
  expect(wordCount('# Zwei Wörter — and “two”')).toBe(4)
  expect(wordCount(emptyDraft('en').body)).toBe(0)
})
