import { isWord, lines, sentences, words } from './tokens'
import { regionsOf } from './regions'

/** A stretch of a merged text: settled, or changed by both so that somebody has to choose. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'clash'; readonly base: string; readonly mine: string; readonly theirs: string }

interface Level {
  readonly split: (text: string) => string[]
  /** Whether changes of neighbouring tokens go together. */
  readonly touching: boolean
  /** How many tokens are compared at most. */
  readonly most: number
}

const byLine: Level = { split: lines, touching: true, most: 20_000 }
const bySentence: Level = { split: sentences, touching: true, most: 5_000 }
const byWord: Level = { split: words, touching: false, most: 3_000 }

/** A paragraph with more letters than this is shown by its sentences where it clashes. */
const longParagraph = 2_000

const text = (value: string): Part => ({ kind: 'text', text: value })

/** How much of the base's words is left in a changed text, from 0 to 1. */
function keptShare(base: string, changed: string): number {
  const before = words(base).filter(isWord)
  if (before.length === 0) return changed.trim() === '' ? 1 : 0
  const left = new Map<string, number>()
  for (const word of words(changed)) left.set(word, (left.get(word) ?? 0) + 1)
  let kept = 0
  for (const word of before) {
    const count = left.get(word) ?? 0
    if (count > 0) {
      kept += 1
      left.set(word, count - 1)
    }
  }
  return kept / before.length
}

/** The tokens without those that all three begin and end with, which there are most of. */
function trimmed(base: string[], mine: string[], theirs: string[]) {
  const shortest = Math.min(base.length, mine.length, theirs.length)
  let head = 0
  while (head < shortest && base[head] === mine[head] && base[head] === theirs[head]) head += 1
  let tail = 0
  while (
    tail < shortest - head &&
    base.at(-1 - tail) === mine.at(-1 - tail) &&
    base.at(-1 - tail) === theirs.at(-1 - tail)
  )
    tail += 1
  const middle = (tokens: string[]): string[] => tokens.slice(head, tokens.length - tail)
  return {
    before: base.slice(0, head).join(''),
    after: base.slice(base.length - tail).join(''),
    sides: [middle(base), middle(mine), middle(theirs)] as const,
  }
}

function mergeAt(level: Level, base: string, mine: string, theirs: string, deeper: typeof refined): Part[] {
  if (mine === theirs || theirs === base) return [text(mine)]
  if (mine === base) return [text(theirs)]
  const { before, after, sides } = trimmed(level.split(base), level.split(mine), level.split(theirs))
  if (sides.some((tokens) => tokens.length > level.most)) return [{ kind: 'clash', base, mine, theirs }]
  const parts = regionsOf(...sides, { touching: level.touching }).flatMap((region) =>
    region.settled
      ? [text(region.tokens.join(''))]
      : deeper(region.base.join(''), region.mine.join(''), region.theirs.join('')),
  )
  return joined([text(before), ...parts, text(after)])
}

const asClash = (base: string, mine: string, theirs: string): Part[] => [
  { kind: 'clash', base, mine, theirs },
]

const isClean = (parts: readonly Part[]): boolean => parts.every(({ kind }) => kind === 'text')

/**
 * Word by word, where both changed a little of the same lines. Who wrote a paragraph anew did not mean the words that
 * happen to be left: that is for the author to choose.
 */
function byWords(base: string, mine: string, theirs: string): Part[] {
  if (keptShare(base, mine) < 0.5 || keptShare(base, theirs) < 0.5) return asClash(base, mine, theirs)
  const parts = mergeAt(byWord, base, mine, theirs, asClash)
  return isClean(parts) ? parts : asClash(base, mine, theirs)
}

function refined(base: string, mine: string, theirs: string): Part[] {
  const whole = byWords(base, mine, theirs)
  if (isClean(whole) || base.length <= longParagraph) return whole
  return mergeAt(bySentence, base, mine, theirs, byWords)
}

/** Neighbouring settled parts as one, and no empty ones. */
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = []
  for (const part of parts) {
    const last = result.at(-1)
    if (part.kind === 'text' && last?.kind === 'text') result[result.length - 1] = text(last.text + part.text)
    else if (part.kind === 'clash' || part.text !== '') result.push(part)
  }
  return result
}

/**
 * Brings two changes of one text together: by lines, and within the lines that both changed by words. What both
 * changed at the same place stays apart, to the letter as each wrote it.
 */
export const mergeText = (base: string, mine: string, theirs: string): Part[] =>
  joined(mergeAt(byLine, base, mine, theirs, refined))

/** A short text, such as a title: by words, or not at all. */
export const mergeLine = (base: string, mine: string, theirs: string): Part[] => {
  if (mine === theirs || theirs === base) return [text(mine)]
  if (mine === base) return [text(theirs)]
  return byWords(base, mine, theirs)
}
