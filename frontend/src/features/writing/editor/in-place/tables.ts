import { syntaxTree } from '@codemirror/language'
import { StateField, type EditorState, type Extension, type Range } from '@codemirror/state'
import {
  Decoration,
  EditorView,
  keymap,
  WidgetType,
  type Command,
  type DecorationSet,
} from '@codemirror/view'
import type { SyntaxNode } from '@lezer/common'

import { inlineContent } from './cells'
import type { Words } from './words'

type Side = 'left' | 'center' | 'right' | undefined

class TableWidget extends WidgetType {
  constructor(
    readonly source: string,
    readonly node: SyntaxNode,
    readonly state: EditorState,
    readonly label: string,
  ) {
    super()
  }

  override eq(other: TableWidget): boolean {
    return other.source === this.source
  }

  override toDOM(view: EditorView): HTMLElement {
    const frame = document.createElement('div')
    frame.className = 'md-table'
    const table = document.createElement('table')
    table.setAttribute('aria-label', this.label)
    const sides = sidesOf(this.source)
    for (const row of [...this.node.getChildren('TableHeader'), ...this.node.getChildren('TableRow')]) {
      table.append(this.row(row, sides))
    }
    frame.append(table)
    // A click opens the source at the cell that was hit.
    frame.addEventListener('mousedown', (event) => {
      event.preventDefault()
      const cell = event.target instanceof Element ? event.target.closest('[data-at]') : null
      const offset = Number(cell?.getAttribute('data-at') ?? 0)
      view.dispatch({ selection: { anchor: view.posAtDOM(frame) + offset }, userEvent: 'select.pointer' })
      view.focus()
    })
    return frame
  }

  private row(node: SyntaxNode, sides: readonly Side[]): HTMLElement {
    const row = document.createElement('tr')
    for (const [index, { from, to, cell }] of cellsOf(node).entries()) {
      const element = document.createElement(node.name === 'TableHeader' ? 'th' : 'td')
      element.setAttribute('data-at', String(to - this.node.from))
      const side = sides[index]
      if (side) element.className = `align-${side}`
      if (cell) element.append(inlineContent(this.state, cell))
      else element.append(this.state.sliceDoc(from, to).trim())
      row.append(element)
    }
    return row
  }

  override get estimatedHeight(): number {
    return this.source.split('\n').length * 34
  }

  override ignoreEvent(): boolean {
    return true
  }
}

/** The cells of a row in order, empty ones too: they have no node of their own. */
function cellsOf(row: SyntaxNode): { from: number; to: number; cell: SyntaxNode | null }[] {
  const cells: { from: number; to: number; cell: SyntaxNode | null }[] = []
  let cell: SyntaxNode | null = null
  let from = row.from
  for (let child = row.firstChild; child; child = child.nextSibling) {
    if (child.name === 'TableCell') cell = child
    else if (child.name === 'TableDelimiter') {
      if (child.from > row.from) cells.push({ from, to: cell?.to ?? child.from, cell })
      from = child.to
      cell = null
    }
  }
  if (cell) cells.push({ from, to: cell.to, cell })
  return cells
}

/** What the colons of the second line say about each column. */
function sidesOf(source: string): Side[] {
  const line = source.split('\n')[1] ?? ''
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((column) => {
      const mark = column.trim()
      if (mark.startsWith(':') && mark.endsWith(':')) return 'center'
      return mark.endsWith(':') ? 'right' : mark.startsWith(':') ? 'left' : undefined
    })
}

function tablesOf(state: EditorState, words: Words): DecorationSet {
  const found: Range<Decoration>[] = []
  for (let node = syntaxTree(state).topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'Table') continue
    const { from, to } = node
    if (state.selection.ranges.some((range) => range.from <= to && range.to >= from)) continue
    const widget = new TableWidget(state.sliceDoc(from, to), node, state, words.table)
    found.push(Decoration.replace({ widget, block: true }).range(state.doc.lineAt(from).from, to))
  }
  return Decoration.set(found)
}

/** Into a table from the line above it or below it: the arrow would jump over what is shown as one piece. */
const enter =
  (field: StateField<DecorationSet>, forward: boolean): Command =>
  (view) => {
    const { main } = view.state.selection
    if (!main.empty) return false
    const line = view.state.doc.lineAt(main.head)
    const beside = forward ? line.to + 1 : line.from - 1
    if (beside < 0 || beside > view.state.doc.length) return false
    // On a line that is wrapped, the arrow first goes to its other end.
    const moved = view.moveVertically(main, forward)
    if (moved.head >= line.from && moved.head <= line.to && moved.head !== main.head) return false
    let target: number | undefined
    view.state.field(field).between(beside, beside, (from, to) => {
      target = forward ? from : view.state.doc.lineAt(to).from
    })
    if (target === undefined) return false
    view.dispatch({ selection: { anchor: target }, scrollIntoView: true, userEvent: 'select' })
    return true
  }

/** Tables as tables. Where the cursor is in one, it is shown as it is written. */
export function tables(words: Words): Extension {
  const field = StateField.define<DecorationSet>({
    create: (state) => tablesOf(state, words),
    update(value, transaction) {
      const { state, startState, docChanged, selection } = transaction
      if (!docChanged && !selection && syntaxTree(state) === syntaxTree(startState)) return value
      return tablesOf(state, words)
    },
    provide: (self) => EditorView.decorations.from(self),
  })
  return [
    field,
    keymap.of([
      { key: 'ArrowDown', run: enter(field, true) },
      { key: 'ArrowUp', run: enter(field, false) },
    ]),
  ]
}
