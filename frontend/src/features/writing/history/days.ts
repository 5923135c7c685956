import type { RevisionSummary } from '@/api'

export interface Day {
  /** The reader's own day: "2026-3-14". */
  readonly key: string
  readonly date: Date
  readonly revisions: readonly RevisionSummary[]
}

const keyOf = (date: Date): string => `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`

/** The revisions by the day on which they were saved, where the reader is; in the order in which they come. */
export function byDay(revisions: readonly RevisionSummary[]): Day[] {
  const days: { key: string; date: Date; revisions: RevisionSummary[] }[] = []
  for (const revision of revisions) {
    const date = new Date(revision.created_at)
    const key = keyOf(date)
    const last = days.at(-1)
    if (last?.key === key) last.revisions.push(revision)
    else days.push({ key, date, revisions: [revision] })
  }
  return days
}

/** 0 for today, 1 for yesterday, …; by the calendar, however long a day is. */
export function daysAgo(date: Date, now: Date = new Date()): number {
  const noon = (day: Date): number => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate())
  return Math.round((noon(now) - noon(date)) / 86_400_000)
}
