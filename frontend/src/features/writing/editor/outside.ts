import {
  Annotation,
  Transaction,
  type ChangeSpec,
  type EditorState,
  type TransactionSpec,
} from '@codemirror/state'
import { diffArrays } from 'diff'

import { readText, withBreaks } from './exact'

/** Marks what came from outside the editor, such as a merge: it is told to nobody, and undo leaves it alone. */
export const fromOutside = Annotation.define<true>()

/** More changed lines than this are replaced as one piece. */
const most = 2_000

interface Piece {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** The smallest single piece that has to be replaced. */
function trimmed(before: string, after: string, offset: number): Piece | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  return {
    from: offset + start,
    to: offset + before.length - end,
    insert: after.slice(start, after.length - end),
  }
}

const linesOf = (text: string): string[] => text.split(/(?<=\n)/)

/** What has to change in `before` so that it becomes `after`: few and small pieces, so that marks between them stay. */
export function changesTo(before: string, after: string): ChangeSpec[] {
  const whole = trimmed(before, after, 0)
  if (!whole) return []
  const runs = diffArrays(linesOf(before), linesOf(after), { maxEditLength: most })
  // Past the limit there is no comparison.
  if (!runs) return [whole]
  const pieces: ChangeSpec[] = []
  let at = 0
  let gone = ''
  let come = ''
  const close = (): void => {
    const piece = trimmed(gone, come, at)
    if (piece) pieces.push(piece)
    at += gone.length
    gone = come = ''
  }
  for (const { added, removed, value } of runs) {
    const text = value.join('')
    if (added) come += text
    else if (removed) gone += text
    else {
      close()
      at += text.length
    }
  }
  close()
  return pieces
}

/** The transaction that brings the editor to `text`. The cursor and what can be undone stay where they belong. */
export function outsideChange(state: EditorState, text: string): TransactionSpec {
  const read = readText(text)
  return {
    changes: changesTo(state.doc.toString(), read.doc),
    effects: withBreaks(read),
    annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)],
  }
}
