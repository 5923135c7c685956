import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'

/** Turns focus mode on or off: only the paragraph at the cursor keeps its ink. */
export const setFocusMode = StateEffect.define<boolean>()

const near = Decoration.line({ class: 'md-near' })

/** The lines of the paragraph that the cursor is in: as far as the next empty ones. */
function paragraph(state: EditorState): DecorationSet {
  const { doc } = state
  const here = doc.lineAt(state.selection.main.head).number
  const filled = (number: number): boolean =>
    number >= 1 && number <= doc.lines && doc.line(number).text.trim() !== ''
  let first = here
  let last = here
  if (filled(here)) {
    while (filled(first - 1)) first -= 1
    while (filled(last + 1)) last += 1
  }
  const lines = Array.from({ length: last - first + 1 }, (_, index) =>
    near.range(doc.line(first + index).from),
  )
  return Decoration.set(lines)
}

interface Focus {
  readonly on: boolean
  readonly near: DecorationSet
}

const field = StateField.define<Focus>({
  create: () => ({ on: false, near: Decoration.none }),
  update(value, transaction) {
    let { on } = value
    for (const effect of transaction.effects) if (effect.is(setFocusMode)) on = effect.value
    if (on === value.on && !(on && (transaction.docChanged || transaction.selection))) return value
    return { on, near: on ? paragraph(transaction.state) : Decoration.none }
  },
  provide: (self) => [
    EditorView.decorations.from(self, (focus) => focus.near),
    EditorView.editorAttributes.from(self, (focus) => ({ class: focus.on ? 'md-focus-mode' : '' })),
  ],
})

export const isFocusMode = (state: EditorState): boolean => state.field(field).on

export const focusMode: Extension = field
