import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState, type StateCommand } from '@codemirror/state'
import { describe, expect, it } from 'vitest'

import { markdown } from '../language/markdown'
import { insertCallout, insertCodeBlock, insertFootnote, insertTable, toggleCode } from './blocks'
import { continueMarkup, deleteMarkup, indentItem } from './continue'
import { toggleInline, toggleLink } from './inline'
import { cycleHeading, toggleHeading, toggleList, toggleQuote } from './lines'
import { keyName } from './tools'
import { marksAt } from './where'

/** A text with the selection between two bars, or the cursor at one: `a |word| here`. */
function stateOf(marked: string): EditorState {
  const [before = '', chosen = '', after] = marked.split('¦')
  const single = after === undefined
  const state = EditorState.create({
    doc: before + chosen + (after ?? ''),
    selection: { anchor: before.length, head: before.length + (single ? 0 : chosen.length) },
    extensions: markdown,
  })
  ensureSyntaxTree(state, state.doc.length, 5_000)
  return state
}

function run(command: StateCommand, marked: string): string | null {
  let state = stateOf(marked)
  const done = command({ state, dispatch: (transaction) => (state = transaction.state) })
  if (!done) return null
  const { from, to } = state.selection.main
  const text = state.doc.toString()
  if (from === to) return `${text.slice(0, from)}¦${text.slice(from)}`
  return `${text.slice(0, from)}¦${text.slice(from, to)}¦${text.slice(to)}`
}

describe('the tools', () => {
  it.each([
    ['a ¦word¦ here', 'a **¦word¦** here'],
    ['a ¦word ¦here', 'a **¦word¦** here'],
    ['a wo¦rd here', 'a **wo¦rd** here'],
    ['a **¦word¦** here', 'a ¦word¦ here'],
    ['a **wo¦rd** here', 'a wo¦rd here'],
    ['¦', '**¦**'],
  ])('make %j bold, or no longer', (before, after) => {
    expect(run(toggleInline('strong'), before)).toBe(after)
  })

  it('take code apart that has more than one backtick', () => {
    expect(run(toggleInline('code'), '``a ¦` b``')).toBe('a ¦` b')
  })

  it.each([
    ['¦word¦', '[word](¦https://¦)'],
    ['¦', '[¦](https://)'],
    ['¦https://example.org¦', '[¦](https://example.org)'],
    ['[wo¦rd](https://example.org)', '[word](¦https://example.org¦)'],
  ])('make a link of %j', (before, after) => {
    expect(run(toggleLink, before)).toBe(after)
  })

  it.each([
    [toggleHeading(2), 'wo¦rd', '## wo¦rd'],
    [toggleHeading(2), '# wo¦rd', '## wo¦rd'],
    [toggleHeading(2), '## wo¦rd', 'wo¦rd'],
    [cycleHeading, 'wo¦rd', '## wo¦rd'],
    [cycleHeading, '#### wo¦rd', 'wo¦rd'],
    [toggleQuote, '¦one\n\ntwo¦', '> ¦one\n\n> two¦'],
    [toggleQuote, '> o¦ne', 'o¦ne'],
    [toggleList('bullets'), '¦one\ntwo¦', '- ¦one\n- two¦'],
    [toggleList('numbers'), '- ¦one\n- two¦', '1. ¦one\n2. two¦'],
    [toggleList('tasks'), '1. o¦ne', '- [ ] o¦ne'],
    [toggleList('tasks'), '- [x] o¦ne', 'o¦ne'],
  ])('change lines (%#)', (command, before, after) => {
    expect(run(command, before)).toBe(after)
  })

  it('put blocks in with room around them', () => {
    expect(run(insertCodeBlock, 'text¦')).toBe('text\n\n```\n¦\n```')
    expect(run(insertTable('Column'), '¦')).toBe('| ¦Column 1¦ | Column 2 |\n| --- | --- |\n|  |  |')
    expect(run(insertCallout('tip'), 'mind¦ this')).toBe('> [!TIP]\n> mind this¦')
    expect(run(toggleCode, '¦a\n``b``¦')).toBe('```¦\na\n``b``\n```')
    expect(run(toggleCode, '¦a\n```\nb¦')).toBe('````¦\na\n```\nb\n````')
  })

  it('number footnotes', () => {
    expect(run(insertFootnote, 'Text¦.')).toBe('Text[^1].\n\n[^1]: ¦')
    expect(run(insertFootnote, 'Text[^1], more¦.\n\n[^1]: One.\n')).toBe(
      'Text[^1], more[^2].\n\n[^1]: One.\n[^2]: ¦',
    )
  })

  it('know what the text is where the cursor stands', () => {
    expect([...marksAt(stateOf('> - **wo¦rd**'))].sort()).toEqual(['bullets', 'quote', 'strong'])
    expect([...marksAt(stateOf('## A ¦word¦'))]).toEqual(['heading2'])
    expect([...marksAt(stateOf('plain¦'))]).toEqual([])
  })

  it('name keys as people read them', () => {
    expect(keyName('Mod-Shift-8')).toBe('Ctrl+Shift+8')
  })
})

describe('Enter, Backspace and Tab', () => {
  it.each([
    ['- one¦', '- one\n- ¦'],
    ['- one ¦two', '- one \n- ¦two'],
    ['3. one¦', '3. one\n4. ¦'],
    ['- [x] one¦', '- [x] one\n- [ ] ¦'],
    ['> quoted¦', '> quoted\n> ¦'],
    ['> - one¦', '> - one\n> - ¦'],
    ['- one\n- ¦', '- one\n¦'],
    ['- one\n  - two\n  - ¦', '- one\n  - two\n- ¦'],
    ['> one\n> ¦', '> one\n¦'],
  ])('go on with %j', (before, after) => {
    expect(run(continueMarkup, before)).toBe(after)
  })

  it.each(['plain¦', '```\n- one¦\n```', '¦- one', '# - one¦'])('leave %j to the editor', (text) => {
    expect(run(continueMarkup, text)).toBeNull()
  })

  it('take a mark away', () => {
    expect(run(deleteMarkup, '- ¦one')).toBe('¦one')
    expect(run(deleteMarkup, '> ¦one')).toBe('¦one')
    expect(run(deleteMarkup, '- on¦e')).toBeNull()
  })

  it('move items in and out, and leave the text anywhere else', () => {
    expect(run(indentItem(true), '1. one\n2. t¦wo')).toBe('1. one\n   2. t¦wo')
    expect(run(indentItem(false), '- one\n  - t¦wo')).toBe('- one\n- t¦wo')
    expect(run(indentItem(true), 'plain¦')).toBeNull()
    expect(run(indentItem(false), '- on¦e')).toBeNull()
  })
})
