import { Decoration } from '@codemirror/view'
import type { SyntaxNodeRef } from '@lezer/common'

import { eachLine, hide, type Page } from './page'
import { SignWidget, TaskWidget } from './widgets'

const lineLooks: Record<string, string> = {
  ATXHeading1: 'md-h1',
  ATXHeading2: 'md-h2',
  ATXHeading3: 'md-h3',
  ATXHeading4: 'md-h4',
  ATXHeading5: 'md-h5',
  ATXHeading6: 'md-h6',
  SetextHeading1: 'md-h1',
  SetextHeading2: 'md-h2',
  FencedCode: 'md-code',
  CodeBlock: 'md-code',
  HTMLBlock: 'md-html',
  CommentBlock: 'md-html',
  ProcessingInstructionBlock: 'md-html',
  Table: 'md-table-source',
  FootnoteDefinition: 'md-footnote',
  LinkReference: 'md-reference',
}

const callout = /^\s*>\s*\[!(\w+)\]/
/** The kinds that readers get; any other is an ordinary quotation. */
export const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const
const isKind = (word: string): boolean => calloutKinds.some((kind) => kind === word)

interface Looks {
  readonly classes: Set<string>
  depth: number
}

/** Decorates the lines of blocks and the marks at their beginning. */
export function decorateBlock(page: Page) {
  const lines = new Map<number, Looks>()
  const at = (from: number): Looks => {
    const known = lines.get(from)
    if (known) return known
    const fresh: Looks = { classes: new Set(), depth: 0 }
    lines.set(from, fresh)
    return fresh
  }

  function enter(node: SyntaxNodeRef): void {
    const look = lineLooks[node.name]
    if (look) eachLine(page, node, (from) => at(from).classes.add(look))
    if (node.name === 'FencedCode') fence(page, node, at)
    else if (node.name === 'Blockquote') quote(page, node, at)
    else if (node.name === 'ListItem') eachLine(page, node, (from) => (at(from).depth += 1))
    else if (node.name === 'HeaderMark') headerMark(page, node)
    else if (node.name === 'QuoteMark') hideMark(page, node)
    else if (node.name === 'ListMark') listMark(page, node)
    else if (node.name === 'TaskMarker') taskMarker(page, node)
    else if (node.name === 'HorizontalRule') rule(page, node)
  }

  function end(): void {
    for (const [from, { classes, depth }] of lines) {
      if (depth > 0) classes.add('md-item').add(`md-depth-${Math.min(depth, 6)}`)
      page.add(Decoration.line({ class: [...classes].join(' ') }).range(from))
    }
  }

  return { enter, end }
}

function fence(page: Page, node: SyntaxNodeRef, at: (from: number) => Looks): void {
  const { doc } = page.state
  at(doc.lineAt(node.from).from).classes.add('md-code-first')
  at(doc.lineAt(node.to).from).classes.add('md-code-last')
}

/** A quotation, or a callout where it begins with `[!NOTE]`. */
function quote(page: Page, node: SyntaxNodeRef, at: (from: number) => Looks): void {
  const first = page.state.doc.lineAt(node.from)
  const word = callout.exec(first.text)?.[1] ?? ''
  const kind = word.toLowerCase()
  const look = isKind(kind) ? `md-callout md-callout-${kind}` : 'md-quote'
  eachLine(page, node, (from) => at(from).classes.add(look))
  if (!isKind(kind) || page.onLine(node.from)) return
  const begins = first.from + first.text.indexOf('[!')
  const title = new SignWidget(page.words.callout(kind), 'md-callout-title')
  page.add(Decoration.replace({ widget: title }).range(begins, begins + word.length + 3))
}

/** Hides marks at the beginning of a line, with the blank behind them, unless the cursor is among them. */
function hideMark(page: Page, node: SyntaxNodeRef): void {
  const end = node.to + (page.state.sliceDoc(node.to, node.to + 1) === ' ' ? 1 : 0)
  const line = page.state.doc.lineAt(node.from)
  if (!page.touched(line.from, end - 1)) hide(page, node.from, end)
}

function headerMark(page: Page, node: SyntaxNodeRef): void {
  if (page.onLine(node.from)) return
  const line = page.state.doc.lineAt(node.from)
  const opening = line.text.slice(0, node.from - line.from).trim() === ''
  const underline = /^\s*[=-]+\s*$/.test(line.text)
  if (underline) return
  if (opening) hide(page, node.from, Math.min(line.to, node.to + 1))
  // What closes a heading takes the blanks before it along.
  else
    hide(page, node.from - (/\s*$/.exec(line.text.slice(0, node.from - line.from))?.[0].length ?? 0), node.to)
}

/** A bullet or a number, hanging beside the text. */
function listMark(page: Page, node: SyntaxNodeRef): void {
  const { state } = page
  const line = state.doc.lineAt(node.from)
  const blank = /^[ \t]?/.exec(line.text.slice(node.to - line.from))?.[0].length ?? 0
  const before = line.text.slice(0, node.from - line.from)
  const from = before.trim() === '' ? line.from : node.from
  if (blank === 0 || page.touched(from, node.to)) return
  const mark = state.sliceDoc(node.from, node.to)
  const task = node.node.nextSibling?.name === 'Task'
  const widget = new SignWidget(
    task ? '' : /\d/.test(mark) ? mark : '•',
    task ? 'md-bullet md-bullet-task' : 'md-bullet',
  )
  page.add(Decoration.replace({ widget }).range(from, node.to + blank))
}

function taskMarker(page: Page, node: SyntaxNodeRef): void {
  if (page.touched(node.from + 1, node.to - 1)) return
  const done = page.state.sliceDoc(node.from + 1, node.from + 2) !== ' '
  page.add(Decoration.replace({ widget: new TaskWidget(done, page.words.task) }).range(node.from, node.to))
}

function rule(page: Page, node: SyntaxNodeRef): void {
  if (page.onLine(node.from)) return
  page.add(Decoration.replace({ widget: new SignWidget('', 'md-rule') }).range(node.from, node.to))
}
