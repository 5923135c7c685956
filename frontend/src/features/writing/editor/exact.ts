import { invertedEffects } from '@codemirror/commands'
import {
  RangeSet,
  RangeSetBuilder,
  RangeValue,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Transaction,
} from '@codemirror/state'

/*
  CodeMirror counts every line break as one character, whatever it was in the text: "\n", "\r\n" or "\r". So that not a
  byte of a text changes that nobody has touched, the field below remembers which one is usual in it, and where another
  one stands.
*/

export type LineBreak = '\n' | '\r\n' | '\r'

class OtherBreak extends RangeValue {
  // What is typed beside it does not become part of it.
  override startSide = 1
  override endSide = -1
  readonly text: LineBreak
  constructor(text: LineBreak) {
    super()
    this.text = text
  }
  override eq(other: OtherBreak): boolean {
    return this.text === other.text
  }
}
const otherBreaks: Record<LineBreak, OtherBreak> = {
  '\n': new OtherBreak('\n'),
  '\r\n': new OtherBreak('\r\n'),
  '\r': new OtherBreak('\r'),
}

interface Breaks {
  /** The one that a new line gets. */
  readonly usual: LineBreak
  readonly others: RangeSet<OtherBreak>
}

interface Read extends Breaks {
  /** The text with "\n" for each line break, as the editor counts it. */
  readonly doc: string
}

const plain: Breaks = { usual: '\n', others: RangeSet.empty }
const anyBreak = /\r\n|\r|\n/g
const isLineBreak = (text: string): text is LineBreak => text in otherBreaks

/** Takes a text apart into what is edited and what its line breaks were. */
export function readText(text: string): Read {
  if (!text.includes('\r')) return { doc: text, ...plain }
  const found: { at: number; text: LineBreak }[] = []
  const count: Record<LineBreak, number> = { '\n': 0, '\r\n': 0, '\r': 0 }
  let shorter = 0
  for (const match of text.matchAll(anyBreak)) {
    const [lineBreak] = match
    if (!isLineBreak(lineBreak)) continue
    found.push({ at: match.index - shorter, text: lineBreak })
    count[lineBreak] += 1
    shorter += lineBreak.length - 1
  }
  const usual = (['\n', '\r\n', '\r'] as const).reduce((most, each) =>
    count[each] > count[most] ? each : most,
  )
  const others = new RangeSetBuilder<OtherBreak>()
  for (const { at, text: lineBreak } of found) {
    if (lineBreak !== usual) others.add(at, at + 1, otherBreaks[lineBreak])
  }
  return { doc: text.replaceAll(anyBreak, '\n'), usual, others: others.finish() }
}

const setBreaks = StateEffect.define<Breaks>()
const restoreBreaks = StateEffect.define<{ at: number; text: LineBreak }>({
  map: ({ at, text }, changes) => ({ at: changes.mapPos(at, 1), text }),
})

const breaks = StateField.define<Breaks>({
  create: () => plain,
  update(value, transaction) {
    let { usual, others } = value
    if (transaction.docChanged && others.size > 0) others = others.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(setBreaks)) ({ usual, others } = effect.value)
      else if (effect.is(restoreBreaks)) {
        const { at, text } = effect.value
        others = others.update({ add: [otherBreaks[text].range(at, at + 1)] })
      }
    }
    return usual === value.usual && others === value.others ? value : { usual, others }
  },
})

/** What a deletion took away comes back with undo as it was. */
const undoable = invertedEffects.of((transaction) => {
  const { others } = transaction.startState.field(breaks)
  const lost: StateEffect<unknown>[] = []
  if (others.size === 0) return lost
  transaction.changes.iterChanges((from, to) => {
    others.between(from, to, (at, end, { text }) => {
      if (at >= from && end <= to) lost.push(restoreBreaks.of({ at, text }))
    })
  })
  return lost
})

/** The extension that keeps line breaks, beginning with those of `text`. */
export const exactBreaks = (text: Breaks): Extension => [breaks.init(() => text), undoable]

/** The effect that says what the line breaks are from now on, for a change that replaces the text from outside. */
export const withBreaks = ({ usual, others }: Breaks): StateEffect<Breaks> => setBreaks.of({ usual, others })

/** The text, to the byte as it came, but for what was edited. */
export function exactText(state: EditorState): string {
  const { usual, others } = state.field(breaks)
  if (others.size === 0) return state.doc.sliceString(0, state.doc.length, usual)
  let text = ''
  let done = 0
  for (const each = others.iter(); each.value; each.next()) {
    text += state.doc.sliceString(done, each.from, usual) + each.value.text
    done = each.to
  }
  return text + state.doc.sliceString(done, state.doc.length, usual)
}

/** Whether a transaction says what the line breaks are, though it need not change the text. */
export const setsBreaks = (transaction: Transaction): boolean =>
  transaction.effects.some((effect) => effect.is(setBreaks))
