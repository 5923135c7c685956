import { ChangeSet, EditorState, Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'

import { exactBreaks, exactText, readText } from './exact'
import { changesTo, outsideChange } from './outside'

const applied = (before: string, after: string) => {
  const doc = Text.of(before.split('\n'))
  const changes = ChangeSet.of(changesTo(before, after), doc.length)
  return { text: changes.apply(doc).toString(), changes }
}

describe('a change from outside', () => {
  it('changes nothing where nothing differs', () => {
    expect(changesTo('same\ntext', 'same\ntext')).toEqual([])
  })

  it('is one small piece for one small difference', () => {
    expect(changesTo('one two three', 'one 2 three')).toEqual([{ from: 4, to: 7, insert: '2' }])
  })

  it('leaves what stands between two changed paragraphs alone', () => {
    const before = 'first\n\nmiddle\n\nlast\n'
    const { text, changes } = applied(before, 'First\n\nmiddle\n\nlast one\n')
    expect(text).toBe('First\n\nmiddle\n\nlast one\n')
    expect(changes.touchesRange(6, 16)).toBe(false)
  })

  it('keeps the cursor where its words are', () => {
    const read = readText('first\n\nmiddle\n\nlast')
    const state = EditorState.create({
      doc: read.doc,
      selection: { anchor: 10 },
      extensions: exactBreaks(read),
    })
    const next = state.update(outsideChange(state, 'a new first\n\nmiddle\n\nlast!')).state
    expect(next.sliceDoc(next.selection.main.head - 3, next.selection.main.head)).toBe('mid')
    expect(exactText(next)).toBe('a new first\n\nmiddle\n\nlast!')
  })

  it('comes out right for any two texts', () => {
    const words = ['', 'a', 'b', 'a b', '\n', '\n\n', 'x\ny', '# h\n']
    const mixed = (seed: number): string =>
      Array.from(
        { length: 12 },
        (_, index) => words[(seed * (index + 3) * 7919 + index) % words.length],
      ).join('')
    for (let seed = 1; seed < 200; seed += 1) {
      expect(applied(mixed(seed), mixed(seed * 3 + 1)).text).toBe(mixed(seed * 3 + 1))
    }
  })
})
