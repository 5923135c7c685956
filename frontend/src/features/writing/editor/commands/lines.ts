import { type ChangeSpec, type EditorState, type Line, type StateCommand } from '@codemirror/state'

/** The beginning of a line that makes it an item: its blanks, its mark, the box of a task. */
const item = /^(\s*)(?:([-+*])|(\d{1,9})([.)]))([ \t]+)(\[[ xX]\][ \t])?/
const heading = /^ {0,3}(#{1,6})(?:[ \t]+|$)/

/** The lines that the selection touches. */
function linesOf(state: EditorState): Line[] {
  const lines = new Map<number, Line>()
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at)
      lines.set(line.number, line)
      at = line.to + 1
    }
  }
  const all = [...lines.values()]
  const filled = all.filter((line) => line.text.trim() !== '')
  return filled.length > 0 ? filled : all
}

/** Changes lines one by one; the cursor stays behind what comes in at its place. */
const onLines =
  (change: (line: Line, index: number, all: readonly Line[]) => ChangeSpec): StateCommand =>
  ({ state, dispatch }) => {
    const lines = linesOf(state)
    const changes = state.changes(lines.map((line, index) => change(line, index, lines)))
    dispatch(
      state.update({
        changes,
        selection: state.selection.map(changes, 1),
        userEvent: 'input.format',
        scrollIntoView: true,
      }),
    )
    return true
  }

/** Makes headings of the lines; on headings of that level, ordinary text. */
export const toggleHeading = (level: number): StateCommand =>
  onLines((line, _index, all) => {
    const mark = heading.exec(line.text)
    const same = all.every((each) => heading.exec(each.text)?.[1]?.length === level)
    const insert = same || level === 0 ? '' : `${'#'.repeat(level)} `
    return { from: line.from, to: line.from + (mark?.[0].length ?? 0), insert }
  })

/** A heading of the next smaller level, and after the fourth none: what one button can do. */
export const cycleHeading: StateCommand = (target) => {
  const { state } = target
  const level = heading.exec(state.doc.lineAt(state.selection.main.head).text)?.[1]?.length ?? 1
  return toggleHeading(level < 4 ? level + 1 : 0)(target)
}

const quoted = /^ {0,3}> ?/
export const toggleQuote: StateCommand = onLines((line, _index, all) => {
  if (!all.every((each) => quoted.test(each.text))) return { from: line.from, insert: '> ' }
  return { from: line.from, to: line.from + (quoted.exec(line.text)?.[0].length ?? 0) }
})

type List = 'bullets' | 'numbers' | 'tasks'
const kindOf = (text: string): List | null => {
  const found = item.exec(text)
  if (!found) return null
  if (found[6]) return 'tasks'
  return found[2] ? 'bullets' : 'numbers'
}
const opening = (kind: List, index: number): string =>
  kind === 'numbers' ? `${index + 1}. ` : kind === 'tasks' ? '- [ ] ' : '- '

/** Makes a list of the lines, or a list of another kind; of such a list ordinary lines. */
export const toggleList = (kind: List): StateCommand =>
  onLines((line, index, all) => {
    const found = item.exec(line.text)
    const blanks = found?.[1]?.length ?? /^\s*/.exec(line.text)?.[0].length ?? 0
    const from = line.from + blanks
    const to = line.from + (found?.[0].length ?? blanks)
    return { from, to, insert: all.every((each) => kindOf(each.text) === kind) ? '' : opening(kind, index) }
  })
