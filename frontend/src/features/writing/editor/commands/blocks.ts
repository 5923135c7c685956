import { EditorSelection, type EditorState, type StateCommand, type TransactionSpec } from '@codemirror/state'

import { toggleInline } from './inline'

/** A block of its own at the cursor: with an empty line before and after it where there is text. */
function block(
  state: EditorState,
  text: string,
  select: readonly [number, number] = [0, 0],
): TransactionSpec {
  const { main } = state.selection
  const line = state.doc.lineAt(main.head)
  const empty = line.text.trim() === ''
  const before = state.sliceDoc(Math.max(0, line.from - 2), line.from)
  const lead = !empty ? '\n\n' : line.from === 0 || before === '\n\n' || before === '\n' ? '' : '\n'
  const after = state.sliceDoc(line.to, line.to + 2)
  const tail = after === '' || after === '\n\n' ? '' : '\n'
  const from = empty ? line.from : line.to
  const start = from + lead.length
  return {
    changes: { from, to: line.to, insert: state.toText(lead + text + tail) },
    selection: { anchor: start + select[0], head: start + select[1] },
    userEvent: 'input.format',
    scrollIntoView: true,
  }
}

/** Fences around the selected lines, or marks around part of one. */
export const toggleCode: StateCommand = (target) => {
  const { state, dispatch } = target
  const { main } = state.selection
  const text = state.sliceDoc(main.from, main.to)
  if (!text.includes('\n')) return toggleInline('code')(target)
  const first = state.doc.lineAt(main.from)
  const last = state.doc.lineAt(main.to)
  // Longer than any run of backticks within.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  dispatch(
    state.update({
      changes: [
        { from: first.from, insert: state.toText(`${fence}\n`) },
        { from: last.to, insert: state.toText(`\n${fence}`) },
      ],
      selection: EditorSelection.cursor(first.from + fence.length),
      userEvent: 'input.format',
      scrollIntoView: true,
    }),
  )
  return true
}

const inserting =
  (text: string, select?: readonly [number, number]): StateCommand =>
  ({ state, dispatch }) => {
    dispatch(state.update(block(state, text, select)))
    return true
  }

export const insertCodeBlock = inserting('```\n\n```', [4, 4])
export const insertRule = inserting('---\n', [4, 4])

/** A table with the given words for its head. */
export const insertTable = (column: string): StateCommand => {
  const head = `| ${column} 1 | ${column} 2 |`
  return inserting(`${head}\n| --- | --- |\n|  |  |`, [2, 2 + column.length + 2])
}

/** A callout of this kind; what is selected, or the line, becomes its text. */
export const insertCallout =
  (kind: string): StateCommand =>
  ({ state, dispatch }) => {
    const { main } = state.selection
    const first = state.doc.lineAt(main.from)
    const last = state.doc.lineAt(main.to)
    const text = state.sliceDoc(first.from, last.to)
    const title = `> [!${kind.toUpperCase()}]\n`
    const quoted = text
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n')
    dispatch(
      state.update({
        changes: { from: first.from, to: last.to, insert: state.toText(title + quoted) },
        selection: { anchor: first.from + title.length + quoted.length },
        userEvent: 'input.format',
        scrollIntoView: true,
      }),
    )
    return true
  }

/** A footnote with the next number: its sign here, its text at the end, where the cursor goes. */
export const insertFootnote: StateCommand = ({ state, dispatch }) => {
  const text = state.doc.toString()
  const numbers = [...text.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number))
  const sign = `[^${Math.max(0, ...numbers) + 1}]`
  const { head } = state.selection.main
  // One line after the last footnote, one more after anything else.
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  const breaks = text.trimEnd() === '' ? '' : /^\[\^[^\]]+\]:/.test(last) ? '\n' : '\n\n'
  const missing = breaks.slice(Math.min(breaks.length, text.length - text.replace(/\n+$/, '').length))
  const note = `${missing}${sign}: `
  const changes = state.changes([
    { from: head, insert: sign },
    { from: state.doc.length, insert: state.toText(note) },
  ])
  dispatch(
    state.update({
      changes,
      selection: { anchor: changes.newLength },
      userEvent: 'input.format',
      scrollIntoView: true,
    }),
  )
  return true
}
