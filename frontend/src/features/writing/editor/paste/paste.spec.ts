import { history, undo } from '@codemirror/commands'
import { EditorState, type EditorSelection } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { markdown } from '../language/markdown'
import { smartPaste } from './paste'

let view: EditorView | undefined
afterEach(() => view?.destroy())

const files = vi.fn()

function open(doc: string, selection?: EditorSelection | { anchor: number; head?: number }): EditorView {
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc,
      selection,
      extensions: [markdown, history(), smartPaste({ files, failed: () => undefined, markdown: () => true })],
    }),
  })
  return view
}

/** Pastes as a browser does; answers whether the editor took it in hand before CodeMirror's own way. */
function paste(editor: EditorView, parts: Record<string, string>, pasted: File[] = []): void {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, {
    clipboardData: { types: Object.keys(parts), files: pasted, getData: (type: string) => parts[type] ?? '' },
  })
  editor.contentDOM.dispatchEvent(event)
}
const textOf = (editor: EditorView): string => editor.state.doc.toString()

describe('pasting', () => {
  it('makes HTML Markdown, in one step that undo takes back', async () => {
    const editor = open('Before. ', { anchor: 8 })
    paste(editor, { 'text/plain': 'bold', 'text/html': '<p><b>bold</b> <i>too</i></p>' })
    await vi.waitFor(() => expect(textOf(editor)).toBe('Before. **bold** *too*'))
    undo(editor)
    expect(textOf(editor)).toBe('Before. ')
  })

  it('links the words that an address is pasted on', () => {
    const editor = open('See the map here', { anchor: 8, head: 11 })
    paste(editor, { 'text/plain': 'https://example.org/a_(b)' })
    expect(textOf(editor)).toBe('See the [map](<https://example.org/a_(b)>) here')
    undo(editor)
    expect(textOf(editor)).toBe('See the map here')
  })

  it('pastes an address alone as it is', () => {
    const editor = open('', { anchor: 0 })
    paste(editor, { 'text/plain': 'https://example.org/' })
    expect(textOf(editor)).toBe('https://example.org/')
  })

  it('pastes plain text with Ctrl-Shift-V', () => {
    const editor = open('')
    editor.contentDOM.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'V', ctrlKey: true, shiftKey: true, bubbles: true }),
    )
    paste(editor, { 'text/plain': 'bold', 'text/html': '<b>bold</b>' })
    expect(textOf(editor)).toBe('bold')
  })

  it('leaves text alone within code, and what a code editor copies', () => {
    const editor = open('```\n\n```', { anchor: 4 })
    paste(editor, { 'text/plain': 'a < b', 'text/html': '<b>a &lt; b</b>' })
    expect(textOf(editor)).toBe('```\na < b\n```')
    const other = open('')
    paste(other, { 'text/plain': 'let a', 'text/html': '<b>let</b> a', 'vscode-editor-data': '{}' })
    expect(textOf(other)).toBe('let a')
  })

  it('hands files on, with the place that they belong to', () => {
    const editor = open('abc', { anchor: 2 })
    const file = new File(['x'], 'x.png', { type: 'image/png' })
    paste(editor, {}, [file])
    expect(files).toHaveBeenCalledWith([file], 2)
    expect(textOf(editor)).toBe('abc')
  })
})
