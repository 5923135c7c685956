import { EditorView } from '@codemirror/view'

/** How long a quotation may be, in characters. */
export const longestQuote = 500

/** The editor of the text, wherever it stands on the page. */
function findEditor(): EditorView | null {
  const content = document.querySelector<HTMLElement>('.editor .cm-content')
  return content && EditorView.findFromDOM(content)
}

/** What is selected in the text, as it is written there. It stays selected while one types elsewhere. */
export function selectedPassage(): string {
  const view = findEditor()
  if (!view) return ''
  const { from, to } = view.state.selection.main
  return view.state.sliceDoc(from, to).trim().slice(0, longestQuote).trim()
}

/** Selects the passage in the text and brings it into sight. Answers whether it is still there. */
export function showPassage(quote: string): boolean {
  const view = findEditor()
  const at = view ? view.state.doc.toString().indexOf(quote.replaceAll('\r\n', '\n')) : -1
  if (!view || at < 0) return false
  const selection = { anchor: at, head: at + quote.length }
  view.dispatch({ selection, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
  view.focus()
  return true
}
