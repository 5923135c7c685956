import {
  Annotation,
  Transaction,
  type ChangeSpec,
  type EditorState,
  type TransactionSpec,
} from '@codemirror/state'
import { diffIndices } from 'node-diff3'

import { readText, withBreaks } from './exact'

/** Marks what came from outside the editor, such as a merge: it is told to nobody, and undo leaves it alone. */
export const fromOutside = Annotation.define<true>()

/** Two texts with more pairs of lines than this are not compared: what differs is replaced as one piece. */
const most = 25_000_000

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
  const [old, now] = [linesOf(before), linesOf(after)]
  if (old.length * now.length > most) return [whole]
  const ends = [0]
  for (const line of old) ends.push((ends.at(-1) ?? 0) + line.length)
  const pieces: ChangeSpec[] = []
  for (const { buffer1, buffer2 } of diffIndices(old, now)) {
    const at = ends[buffer1[0]] ?? before.length
    const gone = before.slice(at, ends[buffer1[0] + buffer1[1]])
    const come = now.slice(buffer2[0], buffer2[0] + buffer2[1]).join('')
    const piece = trimmed(gone, come, at)
    if (piece) pieces.push(piece)
  }
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
