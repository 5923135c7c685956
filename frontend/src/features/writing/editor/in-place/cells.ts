import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'

const elements: Record<string, string> = {
  Emphasis: 'em',
  StrongEmphasis: 'strong',
  Strikethrough: 's',
  InlineCode: 'code',
  Link: 'span',
}
const marks = new Set(['EmphasisMark', 'StrikethroughMark', 'CodeMark', 'LinkMark', 'LinkTitle', 'LinkLabel'])

/** What a piece of inline Markdown means, as elements: enough for the cell of a table. */
export function inlineContent(state: EditorState, node: SyntaxNode): DocumentFragment {
  const content = document.createDocumentFragment()
  let at = node.from
  const text = (to: number): void => {
    if (to > at) content.append(state.sliceDoc(at, to))
  }
  for (let child = node.firstChild; child; child = child.nextSibling) {
    text(child.from)
    at = child.to
    const element = elements[child.name]
    if (marks.has(child.name) || (child.name === 'URL' && node.name === 'Link')) continue
    if (child.name === 'Escape') content.append(state.sliceDoc(child.from + 1, child.to))
    else if (element) {
      const inner = document.createElement(element)
      if (child.name === 'Link') inner.className = 'md-link'
      inner.append(inlineContent(state, child))
      content.append(inner)
    } else content.append(state.sliceDoc(child.from, child.to))
  }
  text(node.to)
  return content
}
