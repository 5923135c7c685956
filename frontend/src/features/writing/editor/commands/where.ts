import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'

/** The node of one of these names that the place is in, or right behind. */
export function nodeAt(state: EditorState, at: number, ...names: readonly string[]): SyntaxNode | null {
  const tree = syntaxTree(state)
  for (const side of [-1, 1] as const) {
    for (let node: SyntaxNode | null = tree.resolveInner(at, side); node; node = node.parent) {
      if (names.includes(node.name)) return node
    }
  }
  return null
}

/** Whether the place is within code, where Markdown means nothing. */
export const inCode = (state: EditorState, at: number): boolean =>
  nodeAt(state, at, 'FencedCode', 'CodeBlock', 'InlineCode', 'HTMLBlock') !== null

/** What a tool can be, where the cursor is. */
export type Mark =
  | 'strong'
  | 'emphasis'
  | 'strike'
  | 'code'
  | 'link'
  | 'quote'
  | 'bullets'
  | 'numbers'
  | 'task'
  | `heading${1 | 2 | 3 | 4 | 5 | 6}`

const marks: Record<string, Mark> = {
  StrongEmphasis: 'strong',
  Emphasis: 'emphasis',
  Strikethrough: 'strike',
  InlineCode: 'code',
  FencedCode: 'code',
  Link: 'link',
  Blockquote: 'quote',
  BulletList: 'bullets',
  OrderedList: 'numbers',
  Task: 'task',
  ATXHeading1: 'heading1',
  ATXHeading2: 'heading2',
  ATXHeading3: 'heading3',
  ATXHeading4: 'heading4',
  ATXHeading5: 'heading5',
  ATXHeading6: 'heading6',
  SetextHeading1: 'heading1',
  SetextHeading2: 'heading2',
}

/** All that the text is where the cursor stands. */
export function marksAt(state: EditorState): ReadonlySet<Mark> {
  const found = new Set<Mark>()
  const { from, to } = state.selection.main
  const tree = syntaxTree(state)
  for (
    let node: SyntaxNode | null = tree.resolveInner(from, from === to ? -1 : 1);
    node;
    node = node.parent
  ) {
    const mark = marks[node.name]
    if (mark && node.to >= to) found.add(mark)
  }
  return found
}
