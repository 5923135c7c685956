import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'

import { selectedWords, wordsIn, wordTally } from './words'

describe('counting words', () => {
  it('counts what holds a letter or a digit', () => {
    expect(wordsIn("It's 42 — naïve\tо́тчёт **bold** - ")).toBe(5)
  })

  it('stays right through thousands of edits, whatever they touch', () => {
    let state = EditorState.create({ doc: 'one two\n\nthree four five\nsix', extensions: wordTally })
    let seed = 7
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    const pieces = ['', ' ', '\n', 'word', ' a b ', 'x\ny', '-', '12 ']
    for (let round = 0; round < 2_000; round += 1) {
      const length = state.doc.length
      const [a, b, c] = [random(length + 1), random(length + 1), random(length + 1)].sort((x, y) => x - y)
      const insert = (): string => pieces[random(pieces.length)] ?? ''
      const changes =
        round % 2
          ? [
              { from: a ?? 0, to: Math.min((a ?? 0) + random(6), b ?? 0), insert: insert() },
              { from: c ?? 0, insert: insert() },
            ]
          : { from: a ?? 0, to: Math.min(length, (a ?? 0) + random(4)), insert: insert() }
      state = state.update({ changes }).state
      expect(state.field(wordTally)).toBe(wordsIn(state.doc.toString()))
    }
  })

  it('counts what is selected', () => {
    const state = EditorState.create({ doc: 'one two\nthree', selection: { anchor: 4, head: 13 } })
    expect(selectedWords(state)).toBe(2)
  })
})
