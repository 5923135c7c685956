import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view'

import { exactBreaks, readText } from './exact'

interface Surface {
  readonly text: string
  /** What depends on the component: its label, its language, its listeners. */
  readonly around: Extension
  readonly placeholder: string
}

/** The state of an editor, as it begins. */
export function surfaceState({ text, around, placeholder: hint }: Surface): EditorState {
  const read = readText(text)
  return EditorState.create({
    doc: read.doc,
    extensions: [
      around,
      exactBreaks(read),
      history(),
      highlightSpecialChars(),
      drawSelection(),
      EditorState.allowMultipleSelections.of(true),
      EditorView.lineWrapping,
      EditorView.perLineTextDirection.of(true),
      placeholder(hint),
      keymap.of([...defaultKeymap, ...historyKeymap]),
    ],
  })
}
