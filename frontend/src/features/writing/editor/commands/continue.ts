import { type EditorState, type StateCommand, type TransactionSpec } from '@codemirror/state'

import { inCode, nodeAt } from './where'

/** What a line begins with: signs of quotation, blanks, the mark of an item, the box of a task. */
const beginning = /^((?:[ \t]*>)*[ \t]*)(?:([-+*])|(\d{1,9})([.)]))?([ \t]*)(\[[ xX]\][ \t]+)?/

interface Beginning {
  readonly all: string
  readonly quote: string
  readonly mark: string
  /** What the next line begins with. */
  readonly next: string
}

function read(text: string): Beginning | null {
  const found = beginning.exec(text)
  if (!found) return null
  const [all, quote = '', bullet, number, stop, blanks = '', box] = found
  const mark = bullet ?? (number ? `${Number(number) + 1}${stop}` : '')
  if (mark && !blanks) return null
  return { all, quote, mark, next: quote + mark + (mark ? blanks : '') + (mark && box ? '[ ] ' : '') }
}

const change = (state: EditorState, from: number, to: number, insert: string): TransactionSpec => ({
  changes: { from, to, insert: state.toText(insert) },
  selection: { anchor: from + insert.length },
  userEvent: 'input',
  scrollIntoView: true,
})

/** Enter in a list or a quotation goes on with it; on an empty item it ends it. */
export const continueMarkup: StateCommand = ({ state, dispatch }) => {
  const { main, ranges } = state.selection
  if (ranges.length > 1 || !main.empty || inCode(state, main.head)) return false
  if (!nodeAt(state, main.head, 'ListItem', 'Blockquote')) return false
  const line = state.doc.lineAt(main.head)
  const found = read(line.text)
  if (!found || (found.mark === '' && !found.quote.includes('>'))) return false
  if (main.head < line.from + found.all.length) return false
  if (line.text.length > found.all.length) {
    dispatch(state.update(change(state, main.head, main.head, `\n${found.next}`)))
    return true
  }
  // An empty item: one level less, or none.
  const fewer = found.mark ? found.quote : found.quote.replace(/>[ \t]*$/, '')
  const shallower = found.mark && /[ \t]{2,}$/.test(found.quote) ? outdented(found) : fewer
  dispatch(state.update(change(state, line.from, line.to, shallower)))
  return true
}

const outdented = ({ quote, next }: Beginning): string =>
  quote.replace(/(?: {1,4}|\t)$/, '') + next.slice(quote.length)

/** Backspace right behind the mark of an item or a quotation takes the mark away. */
export const deleteMarkup: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection
  if (!main.empty || inCode(state, main.head) || !nodeAt(state, main.head, 'ListItem', 'Blockquote'))
    return false
  const line = state.doc.lineAt(main.head)
  const found = read(line.text)
  if (!found || found.all === '' || main.head !== line.from + found.all.length) return false
  const rest = found.mark ? found.quote : found.quote.replace(/>[ \t]*$/, '')
  if (rest === found.all) return false
  dispatch(state.update({ ...change(state, line.from, main.head, rest), userEvent: 'delete' }))
  return true
}

/** Tab in a list moves the items of the selection in, or out; in code it indents. Anywhere else it leaves the text. */
export const indentItem =
  (inwards: boolean): StateCommand =>
  ({ state, dispatch }) => {
    const { main } = state.selection
    const code = nodeAt(state, main.head, 'FencedCode') !== null
    if (!code && !nodeAt(state, main.head, 'ListItem')) return false
    const unit = code ? '    ' : unitOf(state)
    const changes = []
    for (let at = main.from; at <= main.to;) {
      const line = state.doc.lineAt(at)
      const blanks = /^[ \t]*/.exec(line.text)?.[0] ?? ''
      if (inwards && code && main.empty) changes.push({ from: main.head, insert: unit })
      else if (inwards) changes.push({ from: line.from, insert: unit })
      else {
        const taken = blanks.startsWith('\t') ? 1 : Math.min(unit.length, blanks.length)
        changes.push({ from: line.from, to: line.from + taken })
      }
      at = line.to + 1
    }
    const set = state.changes(changes)
    // Nothing to move out: then the key goes on to what stands before the text.
    if (set.empty) return false
    dispatch(
      state.update({
        changes: set,
        selection: state.selection.map(set, 1),
        userEvent: inwards ? 'input.indent' : 'delete.dedent',
      }),
    )
    return true
  }

/** As far as the text of the item above stands from its mark: then the item becomes a part of it. */
function unitOf(state: EditorState): string {
  const { number } = state.doc.lineAt(state.selection.main.from)
  const above = number > 1 ? state.doc.line(number - 1).text : ''
  const mark =
    /^\s*([-+*]|\d{1,9}[.)])[ \t]+/.exec(above) ??
    /^\s*([-+*]|\d{1,9}[.)])[ \t]+/.exec(state.doc.line(number).text)
  return ' '.repeat((mark?.[1]?.length ?? 1) + 1)
}
