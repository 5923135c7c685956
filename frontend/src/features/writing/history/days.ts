import type { Row } from './bursts'

export interface Day {
  /** The reader's own day: "2026-3-14". */
  readonly key: string
  readonly date: Date
  readonly rows: readonly Row[]
}

const keyOf = (date: Date): string => `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`

/** The rows by the day on which they were saved, where the reader is; in the order in which they come. */
export function byDay(rows: readonly Row[]): Day[] {
  const days: { key: string; date: Date; rows: Row[] }[] = []
  for (const row of rows) {
    const date = new Date(row.revision.created_at)
    const key = keyOf(date)
    const last = days.at(-1)
    if (last?.key === key) last.rows.push(row)
    else days.push({ key, date, rows: [row] })
  }
  return days
}

/** 0 for today, 1 for yesterday, …; by the calendar, however long a day is. */
export function daysAgo(date: Date, now: Date = new Date()): number {
  const noon = (day: Date): number => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate())
  return Math.round((noon(now) - noon(date)) / 86_400_000)
}
