import { diffArrays, diffLines, type ChangeObject } from 'diff'

/** A stretch of text that stands in both versions, or in one of them alone. */
export interface Part {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** How long a comparison of words may take before lines are shown as changed as a whole, in milliseconds. */
const patience = 400

/** Letters that stand together, a line's end, blanks, and everything else one by one. */
const piece = /\r?\n|[\p{L}\p{N}\p{M}_'’]+|[^\S\r\n]+|[^]/gu
/** Scripts that put no blanks between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : undefined

const segments = (run: string): string[] =>
  segmenter ? Array.from(segmenter.segment(run), ({ segment }) => segment) : Array.from(run)

/** The words of a text with all that stands between them, in any script; joined they are the text again. */
export const tokens = (text: string): string[] =>
  (text.match(piece) ?? []).flatMap((run) => (unspaced.test(run) ? segments(run) : run))

const kindOf = ({ added, removed }: ChangeObject<unknown>): Part['kind'] =>
  added ? 'added' : removed ? 'removed' : 'same'

/** Neighbours of one kind become one part; what is empty is left out. */
function joined(parts: readonly Part[]): Part[] {
  const whole: Part[] = []
  for (const part of parts) {
    const last = whole.at(-1)
    if (part.text === '') continue
    if (last?.kind === part.kind) whole.splice(-1, 1, { ...part, text: last.text + part.text })
    else whole.push(part)
  }
  return whole
}

/** Runs of changed words with a blank between them read as one change: "quick brown" and not "quick", "brown". */
function withoutIslands(parts: readonly Part[]): Part[] {
  const calm: Part[] = []
  let removed = ''
  let added = ''
  const flush = (): void => {
    calm.push({ kind: 'removed', text: removed }, { kind: 'added', text: added })
    removed = added = ''
  }
  parts.forEach((part, at) => {
    const isChanging = removed !== '' && added !== ''
    const next = parts[at + 1]
    if (part.kind === 'removed') removed += part.text
    else if (part.kind === 'added') added += part.text
    else if (isChanging && next && /^[^\S\r\n]+$/u.test(part.text)) {
      removed += part.text
      added += part.text
    } else {
      flush()
      calm.push(part)
    }
  })
  flush()
  return joined(calm)
}

function compareWords(before: string, after: string, timeout: number): Part[] {
  const changes = diffArrays(tokens(before), tokens(after), { timeout })
  if (!changes) {
    return joined([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ])
  }
  const parts = changes.map((change) => ({ kind: kindOf(change), text: change.value.join('') }))
  return withoutIslands(parts)
}

/**
 * What became of a text, word by word. Lines are compared first and words only within those that changed: a long text
 * takes no longer than its changes. The kept and removed parts together are `before`, the kept and added ones `after`.
 */
export function compareTexts(before: string, after: string): Part[] {
  const end = performance.now() + patience
  const parts: Part[] = []
  let gone = ''
  for (const line of diffLines(before, after)) {
    const kind = kindOf(line)
    if (kind === 'removed') gone += line.value
    else if (kind === 'added') {
      parts.push(...compareWords(gone, line.value, Math.max(end - performance.now(), 1)))
      gone = ''
    } else {
      parts.push({ kind: 'removed', text: gone }, { kind, text: line.value })
      gone = ''
    }
  }
  return joined([...parts, { kind: 'removed', text: gone }])
}
