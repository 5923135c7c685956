import { diffIndices } from 'node-diff3'

/** A stretch of three token lists: either settled, or changed by both in ways that touch. */
export type Region =
  | { readonly settled: true; readonly tokens: readonly string[] }
  | {
      readonly settled: false
      readonly base: readonly string[]
      readonly mine: readonly string[]
      readonly theirs: readonly string[]
    }

interface Hunk {
  readonly whose: 'mine' | 'theirs'
  /** Where in the base it begins and ends, and by what it is replaced. */
  readonly start: number
  readonly end: number
  readonly content: readonly string[]
}

type Tokens = readonly string[]

const hunksOf = (base: Tokens, changed: Tokens, whose: Hunk['whose']): Hunk[] =>
  diffIndices([...base], [...changed]).map(({ buffer1: [start, length], buffer2Content }) => ({
    whose,
    start,
    end: start + length,
    content: buffer2Content,
  }))

interface Options {
  /** Whether changes that only stand next to each other may be joined. */
  readonly touching: boolean
}

/** Whether `next`, which begins at or after `group`, must be looked at together with it. */
function meets(group: readonly Hunk[], end: number, next: Hunk, { touching }: Options): boolean {
  if (next.start < end) return true
  if (next.start > end) return false
  // Two insertions at one place have no order.
  const insertsThere = group.some((hunk) => hunk.start === hunk.end && hunk.start === next.start)
  return !touching || (insertsThere && next.start === next.end)
}

function grouped(hunks: readonly Hunk[], options: Options): Hunk[][] {
  const groups: Hunk[][] = []
  let end = -1
  for (const hunk of hunks) {
    const last = groups.at(-1)
    if (last && meets(last, end, hunk, options)) {
      last.push(hunk)
      end = Math.max(end, hunk.end)
    } else {
      groups.push([hunk])
      end = hunk.end
    }
  }
  return groups
}

/** What one side made of the base between `start` and `end`. */
function sideOf(base: Tokens, group: readonly Hunk[], whose: Hunk['whose'], start: number, end: number) {
  const tokens: string[] = []
  let at = start
  for (const hunk of group) {
    if (hunk.whose !== whose) continue
    tokens.push(...base.slice(at, hunk.start), ...hunk.content)
    at = hunk.end
  }
  return [...tokens, ...base.slice(at, end)]
}

const same = (one: Tokens, other: Tokens): boolean =>
  one.length === other.length && one.every((token, at) => token === other[at])

function regionOf(base: Tokens, group: readonly Hunk[], start: number, end: number): Region {
  const mine = sideOf(base, group, 'mine', start, end)
  const theirs = sideOf(base, group, 'theirs', start, end)
  const original = base.slice(start, end)
  const sides = new Set(group.map(({ whose }) => whose))
  if (sides.size === 1) return { settled: true, tokens: sides.has('mine') ? mine : theirs }
  // Both did the same.
  return same(mine, theirs)
    ? { settled: true, tokens: mine }
    : { settled: false, base: original, mine, theirs }
}

/** Splits two changes of the same base into what goes together and what does not, in order (diff3). */
export function regionsOf(base: Tokens, mine: Tokens, theirs: Tokens, options: Options): Region[] {
  const hunks = [...hunksOf(base, mine, 'mine'), ...hunksOf(base, theirs, 'theirs')].sort(
    (one, other) => one.start - other.start || one.end - other.end,
  )
  const regions: Region[] = []
  let at = 0
  for (const group of grouped(hunks, options)) {
    const start = Math.min(...group.map((hunk) => hunk.start))
    const end = Math.max(...group.map((hunk) => hunk.end))
    regions.push({ settled: true, tokens: base.slice(at, start) }, regionOf(base, group, start, end))
    at = end
  }
  return [...regions, { settled: true, tokens: base.slice(at) }]
}
