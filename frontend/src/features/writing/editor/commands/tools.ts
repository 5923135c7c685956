import { redo, redoDepth, undo, undoDepth } from '@codemirror/commands'
import type { EditorState, StateCommand } from '@codemirror/state'

import { insertCallout, insertFootnote, insertTable, toggleCode } from './blocks'
import { toggleInline, toggleLink } from './inline'
import { cycleHeading, toggleHeading, toggleList, toggleQuote } from './lines'
import type { Mark } from './where'

export type ToolName =
  | 'undo'
  | 'redo'
  | 'heading'
  | 'strong'
  | 'emphasis'
  | 'strike'
  | 'code'
  | 'link'
  | 'quote'
  | 'bullets'
  | 'numbers'
  | 'tasks'
  | 'table'
  | 'footnote'
  | 'callout'

export interface Tool {
  readonly name: ToolName
  readonly run: (column: string) => StateCommand
  /** As CodeMirror names keys: Mod is ⌘ on Apple's devices, elsewhere Ctrl. */
  readonly key?: string
  /** What the text is where this tool shows as pressed; for a tool that only does something, nothing. */
  readonly marks?: readonly Mark[]
  readonly possible?: (state: EditorState) => boolean
}

const always = (command: StateCommand) => () => command

/** The tools in their order; the key map, the toolbar and the help are all made from this. */
export const tools: readonly Tool[] = [
  { name: 'undo', run: always(undo), key: 'Mod-z', possible: (state) => undoDepth(state) > 0 },
  { name: 'redo', run: always(redo), key: 'Mod-Shift-z', possible: (state) => redoDepth(state) > 0 },
  {
    name: 'heading',
    run: always(cycleHeading),
    marks: ['heading1', 'heading2', 'heading3', 'heading4', 'heading5', 'heading6'],
  },
  { name: 'strong', run: always(toggleInline('strong')), key: 'Mod-b', marks: ['strong'] },
  { name: 'emphasis', run: always(toggleInline('emphasis')), key: 'Mod-i', marks: ['emphasis'] },
  { name: 'strike', run: always(toggleInline('strike')), key: 'Mod-Shift-x', marks: ['strike'] },
  { name: 'code', run: always(toggleCode), key: 'Mod-e', marks: ['code'] },
  { name: 'link', run: always(toggleLink), key: 'Mod-k', marks: ['link'] },
  { name: 'quote', run: always(toggleQuote), key: 'Mod-Shift-.', marks: ['quote'] },
  { name: 'bullets', run: always(toggleList('bullets')), key: 'Mod-Shift-8', marks: ['bullets'] },
  { name: 'numbers', run: always(toggleList('numbers')), key: 'Mod-Shift-7', marks: ['numbers'] },
  { name: 'tasks', run: always(toggleList('tasks')), key: 'Mod-Shift-9', marks: ['task'] },
  { name: 'table', run: insertTable },
  { name: 'footnote', run: always(insertFootnote) },
  { name: 'callout', run: always(insertCallout('note')) },
]

/** The levels that have a key of their own: ⌘/Ctrl with Alt and the number; 0 is text. */
export const headingKeys: readonly { readonly key: string; readonly run: StateCommand }[] = [
  0, 1, 2, 3, 4,
].map((level) => ({ key: `Mod-Alt-${level}`, run: toggleHeading(level) }))

const apple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')
const signs: Record<string, string> = apple
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
  : { Mod: 'Ctrl', Shift: 'Shift', Alt: 'Alt' }

/** A key as people read it. */
export const keyName = (key: string): string =>
  key
    .split('-')
    .map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(apple ? '' : '+')
