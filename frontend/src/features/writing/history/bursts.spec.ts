import { describe, expect, it } from 'vitest'

import type { RevisionSummary } from '@/api'

import { rowsOf } from './bursts'

const ada = { username: 'ada', display_name: 'Ada Byron', avatar_url: '' }
const save = (number: number, minute: number, given: Partial<RevisionSummary> = {}): RevisionSummary => ({
  number,
  kind: 'saved',
  name: '',
  post_version: number,
  author: ada,
  created_at: new Date(2026, 2, 14, 9, minute).toISOString(),
  word_count: 1,
  restored_from: null,
  ...given,
})
const shown = (revisions: RevisionSummary[], ...unfolded: number[]) =>
  rowsOf(revisions, new Set(unfolded)).map(
    ({ revision, before, folded }) => `${revision.number}+${folded}<${before?.number ?? '-'}`,
  )

describe('rowsOf', () => {
  const sitting = [save(6, 40), save(5, 14), save(4, 12), save(3, 11), save(2, 8), save(1, 0)]

  it('shows the last save of a sitting and compares it with the one before the sitting', () => {
    expect(shown(sitting)).toEqual(['6+0<5', '5+3<1', '1+0<-'])
  })

  it('never folds the very first version', () => {
    expect(shown([save(3, 2), save(2, 1), save(1, 0)])).toEqual(['3+1<1', '1+0<-'])
  })

  it('shows all of a sitting that is unfolded', () => {
    expect(shown(sitting, 5)).toEqual(['6+0<5', '5+0<4', '4+0<3', '3+0<2', '2+0<1', '1+0<-'])
  })

  it('never folds what has a name or came about otherwise, nor another person’s saves', () => {
    const grace = { ...ada, username: 'grace' }
    expect(
      shown([
        save(6, 5),
        save(5, 4, { name: 'As printed' }),
        save(4, 3, { kind: 'kept' }),
        save(3, 2, { author: grace }),
        save(2, 1, { kind: 'restored', restored_from: 1 }),
        save(1, 0, { kind: 'original' }),
      ]),
    ).toEqual(['6+0<5', '5+0<4', '4+0<3', '3+0<2', '2+0<1', '1+0<-'])
  })

  it('keeps a day’s last version apart from the next day’s first', () => {
    const late = new Date(2026, 2, 13, 23, 59).toISOString()
    const early = new Date(2026, 2, 14, 0, 1).toISOString()
    expect(shown([save(3, 0, { created_at: early }), save(2, 0, { created_at: late })])).toEqual([
      '3+0<2',
      '2+0<-',
    ])
  })
})
