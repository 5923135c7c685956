import type { EditorState, Range } from '@codemirror/state'
import { Decoration } from '@codemirror/view'

import type { Words } from './words'

/** What the parts need to decorate what is seen. */
export interface Page {
  readonly state: EditorState
  readonly words: Words
  /** Whether the cursor, or a part of the selection, is in this range while one writes. */
  readonly touched: (from: number, to: number) => boolean
  /** The same for the lines that the range is in. */
  readonly onLine: (from: number, to?: number) => boolean
  readonly add: (range: Range<Decoration>) => void
  /** The part of the document that is decorated. */
  readonly from: number
  readonly to: number
}

const hidden = Decoration.replace({})

/** Hides a range, unless it is empty. */
export function hide(page: Page, from: number, to: number): void {
  if (to > from) page.add(hidden.range(from, to))
}

/** Each line of a node that is seen: its beginning. */
export function eachLine(
  page: Page,
  node: { from: number; to: number },
  visit: (from: number) => void,
): void {
  const { doc } = page.state
  const last = Math.min(node.to, page.to)
  for (let at = Math.max(node.from, page.from); at <= last;) {
    const line = doc.lineAt(at)
    visit(line.from)
    at = line.to + 1
  }
}
