import { defaultKeymap, history, historyKeymap, insertTab } from '@codemirror/commands'
import { EditorState, Prec, type Extension } from '@codemirror/state'
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightSpecialChars,
  keymap,
  placeholder,
  type KeyBinding,
} from '@codemirror/view'

import { continueMarkup, deleteMarkup, indentItem } from './commands/continue'
import { headingKeys, tools } from './commands/tools'
import { exactBreaks, readText } from './exact'
import { focusMode } from './focus-mode'
import { inPlace } from './in-place/decorations'
import { tables } from './in-place/tables'
import type { Words } from './in-place/words'
import { inks } from './language/inks'
import { markdown } from './language/markdown'
import { reachCursor } from './reach'
import { wordTally } from './words'

/** What the surface does with Markdown, and not with HTML. */
export const markdownSurface = (words: Words, column: string): Extension => [
  markdown,
  inPlace(words),
  tables(words),
  Prec.high(
    keymap.of([
      { key: 'Enter', run: continueMarkup },
      { key: 'Backspace', run: deleteMarkup },
      { key: 'Tab', run: indentItem(true), shift: indentItem(false) },
      ...headingKeys.map(({ key, run }): KeyBinding => ({ key, run, preventDefault: true })),
      ...tools.flatMap(({ key, run }): KeyBinding[] =>
        key ? [{ key, run: run(column), preventDefault: true }] : [],
      ),
    ]),
  ),
]

interface Surface {
  readonly text: string
  /** What depends on the component: its label, its language, its listeners. */
  readonly around: Extension
  readonly placeholder: string
  readonly phrases: Record<string, string>
}

/** The state of an editor, as it begins. */
export function surfaceState({ text, around, placeholder: hint, phrases }: Surface): EditorState {
  const read = readText(text)
  return EditorState.create({
    doc: read.doc,
    extensions: [
      around,
      exactBreaks(read),
      wordTally,
      focusMode,
      reachCursor,
      inks,
      history(),
      highlightSpecialChars(),
      drawSelection(),
      dropCursor(),
      EditorState.allowMultipleSelections.of(true),
      EditorState.phrases.of(phrases),
      EditorView.lineWrapping,
      EditorView.perLineTextDirection.of(true),
      placeholder(hint),
      keymap.of([...defaultKeymap.filter(({ key }) => key !== 'Mod-/' && key !== 'Mod-i'), ...historyKeymap]),
    ],
  })
}

/** In the source of HTML, Tab indents after something was typed on the line; on an empty beginning it leaves. */
export const htmlSurface = (language: Extension): Extension => [
  language,
  keymap.of([{ key: 'Mod-]', run: insertTab }]),
]
