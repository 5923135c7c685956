import type { Rule } from '@/api'

export type Kind = Rule['kind']
export type RuleAction = Rule['action']
type Settings = Rule['settings']

export const kinds = ['words', 'links', 'first_comments', 'new_with_links', 'rate', 'akismet'] as const
export const ruleActions = ['hold', 'spam', 'refuse'] as const

/** What each kind asks for: a list, one entry a line, or numbers, those that may be left out in `optional`. */
export const lists: Partial<Record<Kind, 'words' | 'hosts'>> = { words: 'words', links: 'hosts' }
export const numbers: Readonly<Record<Kind, readonly NumberName[]>> = {
  words: [],
  links: [],
  first_comments: ['count'],
  new_with_links: ['days', 'comments'],
  rate: ['minutes', 'new', 'member', 'regular'],
  akismet: [],
}
export type NumberName = 'count' | 'days' | 'comments' | 'minutes' | 'new' | 'member' | 'regular'

/** The settings as they stand in the fields of a form. */
export interface Fields {
  list: string
  numbers: Record<NumberName, string>
  untilChecked: 'show' | 'hold'
}

export function toFields(settings: Settings = {}): Fields {
  const text = (value: number | null | undefined): string => (typeof value === 'number' ? String(value) : '')
  return {
    list: (settings.words ?? settings.hosts ?? []).join('\n'),
    numbers: {
      count: text(settings.count),
      days: text(settings.days),
      comments: text(settings.comments),
      minutes: text(settings.minutes),
      new: text(settings.new),
      member: text(settings.member),
      regular: text(settings.regular),
    },
    untilChecked: settings.until_checked ?? 'show',
  }
}

/** What is sent: what a kind asks for, and nothing of another. What is no number is left out. */
export function toSettings(kind: Kind, fields: Fields): Settings {
  const list = lists[kind]
  if (list) {
    const entries = fields.list.split('\n').map((line) => line.trim())
    return { [list]: entries.filter((entry) => entry !== '') }
  }
  if (kind === 'akismet') return { until_checked: fields.untilChecked }
  const given = numbers[kind].map((name) => [name, Number.parseInt(fields.numbers[name], 10)] as const)
  return Object.fromEntries(given.filter(([, value]) => !Number.isNaN(value)))
}

/** What is missing before the settings can be meant, as a key of the catalogue. */
export function missingIn(
  kind: Kind,
  fields: Fields,
): 'list' | 'count' | 'minutes' | 'limit' | 'new' | undefined {
  const given = toSettings(kind, fields)
  if (lists[kind]) return (given.words ?? given.hosts ?? []).length === 0 ? 'list' : undefined
  if (kind === 'first_comments') return given.count === undefined ? 'count' : undefined
  if (kind === 'new_with_links') return (given.days ?? given.comments) ? undefined : 'new'
  if (kind !== 'rate') return undefined
  if (given.minutes === undefined) return 'minutes'
  return (given.new ?? given.member ?? given.regular) ? undefined : 'limit'
}

/** What was typed before and not saved, if it is still of this shape; or else what is there. */
export function withWords<Values extends { readonly settings: Fields }>(
  there: Values,
  words: string,
): Values {
  try {
    const kept = JSON.parse(words) as Partial<Values>
    const isWhole =
      Object.keys(there).every((name) => name in kept) && typeof kept.settings?.list === 'string'
    return isWhole ? { ...there, ...kept } : there
  } catch {
    return there
  }
}
