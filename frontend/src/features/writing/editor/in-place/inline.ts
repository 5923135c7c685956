import { Decoration } from '@codemirror/view'
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'

import { hide, type Page } from './page'
import { ImageWidget } from './widgets'

const code = Decoration.mark({ class: 'md-inline-code' })
const link = Decoration.mark({ class: 'md-link' })
const reference = Decoration.mark({ class: 'md-footnote-ref' })
const tag = Decoration.mark({ class: 'md-tag' })

/** Marks that have their say only where one writes. */
const dim = new Set(['EmphasisMark', 'StrikethroughMark'])
/** What has been seen to, with all that is in it. */
const done = false

/** Decorates what stands within lines. Answers false where the insides need no look. */
export function decorateInline(page: Page, node: SyntaxNodeRef): boolean | undefined {
  const { name, from, to } = node
  if (dim.has(name)) {
    if (!page.onLine(from)) hide(page, from, to)
  } else if (name === 'InlineCode') inlineCode(page, node)
  else if (name === 'Link') asLink(page, node.node)
  else if (name === 'Image') return asImage(page, node.node)
  else if (name === 'Escape') {
    if (!page.onLine(from)) hide(page, from, from + 1)
  } else if (name === 'Autolink') {
    page.add(link.range(from, to))
    if (!page.onLine(from)) {
      hide(page, from, from + 1)
      hide(page, to - 1, to)
    }
  } else if (
    name === 'URL' &&
    node.node.parent?.name !== 'Link' &&
    node.node.parent?.name !== 'LinkReference'
  ) {
    page.add(link.range(from, to))
  } else if (name === 'FootnoteReference') {
    page.add(reference.range(from, to))
    if (!page.onLine(from)) {
      hide(page, from, from + 2)
      hide(page, to - 1, to)
    }
  } else if (name === 'HTMLTag' || name === 'Comment') page.add(tag.range(from, to))
  return undefined
}

function inlineCode(page: Page, node: SyntaxNodeRef): void {
  page.add(code.range(node.from, node.to))
  if (page.onLine(node.from, node.to)) return
  for (const mark of node.node.getChildren('CodeMark')) hide(page, mark.from, mark.to)
}

/** `[text](address)` and `[text][label]`: away from the cursor only the text is seen. */
function asLink(page: Page, node: SyntaxNode): void {
  const target = node.getChild('URL') ?? node.getChild('LinkLabel')
  const [open, close] = node.getChildren('LinkMark')
  // A pair of brackets in itself may be no link at all.
  if (!target || !open || !close || close.from <= open.to) return
  page.add(link.range(open.to, close.from))
  if (page.onLine(node.from, node.to)) return
  hide(page, open.from, open.to)
  const { doc } = page.state
  // What is hidden must not reach over the end of a line.
  if (doc.lineAt(close.from).number === doc.lineAt(node.to).number) hide(page, close.from, node.to)
}

/** The picture below its line, or instead of it where it stands alone and nobody edits it. */
function asImage(page: Page, node: SyntaxNode): boolean {
  const url = node.getChild('URL')
  const [open, close] = node.getChildren('LinkMark')
  const { doc } = page.state
  const line = doc.lineAt(node.from)
  if (!url || !open || !close || node.to > line.to) return done
  const address = page.state.sliceDoc(url.from, url.to).replace(/^<(.*)>$/, '$1')
  const alt = page.state.sliceDoc(open.to, close.from).replace(/\\([!-/:-@[-`{-~])/g, '$1')
  const title = node.getChild('LinkTitle')
  // An empty title says that there is nothing to describe.
  const decorative = title !== null && title.to - title.from === 2
  const widget = new ImageWidget(address, alt, decorative, page.words.image)
  if (page.onLine(node.from, node.to)) page.add(Decoration.widget({ widget, side: 1 }).range(line.to))
  else page.add(Decoration.replace({ widget }).range(node.from, node.to))
  return done
}
