import {
  autocompletion,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import type { Extension, StateCommand } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

import { insertCallout, insertCodeBlock, insertFootnote, insertRule, insertTable } from '../commands/blocks'
import { toggleHeading, toggleList, toggleQuote } from '../commands/lines'
import { inCode } from '../commands/where'

const entries = [
  'heading2',
  'heading3',
  'heading4',
  'text',
  'bullets',
  'numbers',
  'tasks',
  'quote',
  'image',
  'table',
  'code',
  'note',
  'tip',
  'warning',
  'footnote',
  'rule',
] as const
export type SlashEntry = (typeof entries)[number]

export interface Slash {
  readonly label: (entry: SlashEntry) => string
  /** Other words by which an entry is found. */
  readonly words: (entry: SlashEntry) => string
  readonly column: string
  readonly image: () => void
}

const commands = (column: string): Record<Exclude<SlashEntry, 'image'>, StateCommand> => ({
  heading2: toggleHeading(2),
  heading3: toggleHeading(3),
  heading4: toggleHeading(4),
  text: toggleHeading(0),
  bullets: toggleList('bullets'),
  numbers: toggleList('numbers'),
  tasks: toggleList('tasks'),
  quote: toggleQuote,
  table: insertTable(column),
  code: insertCodeBlock,
  note: insertCallout('note'),
  tip: insertCallout('tip'),
  warning: insertCallout('warning'),
  footnote: insertFootnote,
  rule: insertRule,
})

/** Only where a line begins, behind blanks and the marks of lists and quotations: elsewhere a slash is a slash. */
const before = /^[\s>]*(?:[-+*]\s+|\d{1,9}[.)]\s+)?\/[\p{L}\p{N}]*$/u

/** What the menu offers at this place. The words behind the slash narrow it down. */
export function slashSource(slash: Slash) {
  const run = commands(slash.column)
  const apply = (entry: SlashEntry) => (view: EditorView, _chosen: Completion, from: number, to: number) => {
    view.dispatch({ changes: { from, to }, userEvent: 'delete' })
    if (entry === 'image') slash.image()
    else run[entry](view)
  }
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos)
    const typed = context.state.sliceDoc(line.from, context.pos)
    if (!before.test(typed) || inCode(context.state, context.pos)) return null
    const from = line.from + typed.lastIndexOf('/')
    const wanted = typed.slice(typed.lastIndexOf('/') + 1).toLowerCase()
    const options = entries
      .filter((entry) => ` ${slash.label(entry)} ${slash.words(entry)}`.toLowerCase().includes(` ${wanted}`))
      .map((entry): Completion => ({ label: slash.label(entry), type: entry, apply: apply(entry) }))
    return { from, options, filter: false }
  }
}

/** The menu that a slash opens. */
export const slashMenu = (slash: Slash): Extension =>
  autocompletion({
    override: [slashSource(slash)],
    icons: false,
    activateOnTyping: true,
    // Straight away: whoever types a slash and Enter wants the first entry.
    activateOnTypingDelay: 0,
    interactionDelay: 0,
    selectOnOpen: true,
    optionClass: ({ type }) => `md-slash-${type ?? 'entry'}`,
    tooltipClass: () => 'md-slash',
  })

export const openMenu = startCompletion
