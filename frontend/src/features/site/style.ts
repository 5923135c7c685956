import type { Site } from '@/api'
import { accentPair } from '@/lib/accent'

type Look = Readonly<Record<'--letters' | '--accent-on-light' | '--accent-on-dark', string | null>>

/** A name of fewer letters is not set larger. */
const fewest = 6

/** What the publication's own look changes in the styles: its accent, and the length of its name. */
export function lookOf({ name, accent_color }: Pick<Site, 'name' | 'accent_color'>): Look {
  const pair = accentPair(accent_color)
  return {
    '--letters': String(Math.max(fewest, [...name].length)),
    '--accent-on-light': pair?.light ?? null,
    '--accent-on-dark': pair?.dark ?? null,
  }
}

/** The same as a rule, for the head of a document. */
export function styleOf(site: Pick<Site, 'name' | 'accent_color'>): string {
  const known = Object.entries(lookOf(site)).filter(([, value]) => value !== null)
  return `:root{${known.map(([name, value]) => `${name}:${value}`).join(';')}}`
}
