import type { Case } from '@/api'

type Say = (key: string, named: Record<string, string>) => string

/** Whoever it is about, by the name that they show. */
export const nameOf = (byline: { username: string; display_name: string }): string =>
  byline.display_name || byline.username

/** What a case is about, in a line: "Ada under “Ink”". */
export function titleOf({ subject, person }: Case, say: Say): string {
  const byline = subject.author ?? person?.byline
  const name = byline ? nameOf(byline) : subject.guest_name || say('moderation.guest', {})
  return say(`moderation.about.${subject.type}`, { name, title: subject.title })
}
