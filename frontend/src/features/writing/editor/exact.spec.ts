import { history, undo } from '@codemirror/commands'
import { EditorState, type TransactionSpec } from '@codemirror/state'
import { text as specification } from 'commonmark-spec'
import { describe, expect, it } from 'vitest'

import { exactBreaks, exactText, readText } from './exact'
import { outsideChange } from './outside'

const stateOf = (text: string): EditorState => {
  const read = readText(text)
  return EditorState.create({ doc: read.doc, extensions: [exactBreaks(read), history()] })
}
const after = (state: EditorState, ...specs: TransactionSpec[]): EditorState =>
  specs.reduce((now, spec) => now.update(spec).state, state)

const texts = [
  '',
  '\n',
  '\r',
  '\r\n',
  'one\ntwo',
  'one\r\ntwo\r\n',
  'one\rtwo\r',
  'one\r\ntwo\nthree\rfour\r\n\n\r\r\n',
  '\r\r\n\n\r',
  'blanks at the end  \n\ttab\u00a0\u2028line\u2029\u0000\u0007\ufeff',
  '\ud800 alone, 👩‍👩‍👧 together, e\u0301, \u202eturned',
]

describe('the text of the editor', () => {
  it.each([...texts, specification, specification.replaceAll('\n', '\r\n')])(
    'is what came in, to the byte (%#)',
    (text) => {
      expect(exactText(stateOf(text))).toBe(text)
    },
  )

  it('keeps every line break that was not touched', () => {
    const state = after(stateOf('a\r\nb\nc\r\nd'), { changes: { from: 2, insert: 'x' } })
    expect(exactText(state)).toBe('a\r\nxb\nc\r\nd')
  })

  it('gives a new line the break that is usual in the text', () => {
    const state = after(stateOf('a\r\nb\r\nc\n'), { changes: { from: 1, insert: '\n' } })
    expect(exactText(state)).toBe('a\r\n\r\nb\r\nc\n')
  })

  it('brings an unusual break back with undo', () => {
    let state = after(stateOf('a\r\nb\r\nc\rd'), { changes: { from: 3, to: 7 } })
    expect(exactText(state)).toBe('a\r\nb')
    undo({ state, dispatch: (transaction) => (state = transaction.state) })
    expect(exactText(state)).toBe('a\r\nb\r\nc\rd')
  })

  it('takes a text from outside with the breaks that it has', () => {
    const state = stateOf('a\nb\nc\n')
    expect(exactText(after(state, outsideChange(state, 'a\r\nb\r\n')))).toBe('a\r\nb\r\n')
  })
})
