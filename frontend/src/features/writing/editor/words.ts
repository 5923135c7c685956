import { StateField, type ChangeSet, type EditorState, type Text } from '@codemirror/state'

const word = /\S*[\p{L}\p{N}]\S*/gu

/** Words as everybody counts them: runs without blanks that hold a letter or a digit. */
export const wordsIn = (text: string): number => text.match(word)?.length ?? 0

function wordsBetween(doc: Text, from: number, to: number): number {
  let words = 0
  for (const lines = doc.iterRange(from, to); !lines.next().done;) {
    if (!lines.lineBreak) words += wordsIn(lines.value)
  }
  return words
}

interface Touched {
  fromA: number
  toA: number
  fromB: number
  toB: number
}

/** The lines that a change touches, before and after it, each once. */
function touchedLines(before: Text, after: Text, changes: ChangeSet): Touched[] {
  const all: Touched[] = []
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    const next = {
      fromA: before.lineAt(fromA).from,
      toA: before.lineAt(toA).to,
      fromB: after.lineAt(fromB).from,
      toB: after.lineAt(toB).to,
    }
    const last = all.at(-1)
    if (last && (next.fromA <= last.toA || next.fromB <= last.toB)) {
      last.toA = Math.max(last.toA, next.toA)
      last.toB = Math.max(last.toB, next.toB)
    } else all.push(next)
  })
  return all
}

/** No word reaches over the end of a line, so that only the lines of a change have to be counted. */
const recount = (words: number, before: Text, after: Text, changes: ChangeSet): number =>
  touchedLines(before, after, changes).reduce(
    (sum, { fromA, toA, fromB, toB }) =>
      sum - wordsBetween(before, fromA, toA) + wordsBetween(after, fromB, toB),
    words,
  )

/** How many words the text has, kept up to date at the cost of what changes. */
export const wordTally = StateField.define<number>({
  create: (state) => wordsBetween(state.doc, 0, state.doc.length),
  update: (words, { docChanged, startState, newDoc, changes }) =>
    docChanged ? recount(words, startState.doc, newDoc, changes) : words,
})

/** How many words are selected. */
export const selectedWords = (state: EditorState): number =>
  state.selection.ranges.reduce((sum, { from, to }) => sum + wordsBetween(state.doc, from, to), 0)
