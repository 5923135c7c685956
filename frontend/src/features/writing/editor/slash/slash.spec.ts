import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { describe, expect, it, vi } from 'vitest'

import { createI18n } from '@/app/i18n'
import { allMessages } from '@/test/messages'

import { markdown } from '../language/markdown'
import { slashSource } from './slash'

const image = vi.fn()
const { t } = createI18n('en', { en: allMessages('en') }).global
const source = slashSource({
  label: (entry) => t(`editor.slash.${entry}`),
  words: (entry) => t(`editor.slashWords.${entry}`),
  column: 'Column',
  image,
})
const stateOf = (doc: string): EditorState =>
  EditorState.create({ doc, selection: { anchor: doc.length }, extensions: markdown })
const offered = (doc: string) => source(new CompletionContext(stateOf(doc), doc.length, false))

/** What choosing the first entry makes of the text. */
function choose(doc: string): string {
  const view = new EditorView({ state: stateOf(doc) })
  const result = offered(doc)
  const [first] = result?.options ?? []
  if (!result || !first || typeof first.apply !== 'function') throw new Error('Nothing is offered.')
  first.apply(view, first, result.from, doc.length)
  const text = view.state.doc.toString()
  view.destroy()
  return text
}

describe('the slash menu', () => {
  it('offers everything at the beginning of a line, an item or a quotation', () => {
    for (const doc of ['/', 'Text\n\n  /', '- /', '> /', '2. /']) {
      expect(offered(doc)?.options.length, doc).toBe(16)
    }
  })

  it('stays away within a sentence, an address and code', () => {
    for (const doc of ['and/or', 'one /', 'https:/', '```\n/']) expect(offered(doc), doc).toBeNull()
  })

  it('is narrowed down by what is typed, in other words too', () => {
    expect(offered('/tab')?.options.map(({ label }) => label)).toEqual(['Table'])
    expect(offered('/todo')?.options.map(({ label }) => label)).toEqual(['Tasks'])
    expect(offered('/zzz')?.options).toEqual([])
  })

  it('puts in what was chosen, instead of the slash', () => {
    expect(choose('/heading')).toBe('## ')
    expect(choose('/quote')).toBe('> ')
    expect(choose('Text\n\n/rule')).toBe('Text\n\n---\n')
    expect(choose('/warning')).toBe('> [!WARNING]\n> ')
  })

  it('asks for a picture, without anything of the command left', () => {
    expect(choose('/photo')).toBe('')
    expect(image).toHaveBeenCalledOnce()
  })
})
