import type { RevisionSummary } from '@/api'

/** A row of the list: a version, the one that it is compared with, and how many saves are folded into it. */
export interface Row {
  readonly revision: RevisionSummary
  readonly before: RevisionSummary | undefined
  readonly folded: number
}

/** Saves of one person that follow each other this closely belong to one sitting, in milliseconds. */
const pause = 5 * 60_000

/** The very first one is what later ones are compared with. */
const isPlain = ({ number, kind, name, restored_from: from }: RevisionSummary): boolean =>
  number > 1 && name === '' && from === null && (kind === 'saved' || kind === 'working_copy')

/** Whether a save is only a step on the way to the next one. */
const leadsTo = (earlier: RevisionSummary, later: RevisionSummary): boolean =>
  isPlain(earlier) &&
  isPlain(later) &&
  earlier.kind === later.kind &&
  earlier.author?.username === later.author?.username &&
  Date.parse(later.created_at) - Date.parse(earlier.created_at) < pause &&
  new Date(later.created_at).getDate() === new Date(earlier.created_at).getDate()

/**
 * Versions as the list shows them, newest first: while one types a save follows the other, and only the last of them is
 * shown, unless its number is among the `unfolded`. What has a name or came about otherwise always is.
 */
export function rowsOf(revisions: readonly RevisionSummary[], unfolded: ReadonlySet<number>): Row[] {
  const shown: { revision: RevisionSummary; folded: number }[] = []
  let isUnfolded = false
  revisions.forEach((revision, at) => {
    const later = revisions[at - 1]
    const isStep = later !== undefined && leadsTo(revision, later)
    const head = shown.at(-1)
    if (!isStep) isUnfolded = unfolded.has(revision.number)
    if (isStep && !isUnfolded && head) head.folded += 1
    else shown.push({ revision, folded: 0 })
  })
  return shown.map((row, at) => ({ ...row, before: shown[at + 1]?.revision }))
}
