import { EditorView } from '@codemirror/view'

/** The editor that a field belongs to; for tests. */
export function viewOf(field: HTMLElement): EditorView {
  const view = EditorView.findFromDOM(field)
  if (!view) throw new Error('This is no field of an editor.')
  return view
}
