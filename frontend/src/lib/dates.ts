/** Days and months are the same for all readers, as in print, and as the archive's addresses have them. */
const timeZone = 'UTC'

const formats = {
  day: { day: 'numeric', month: 'long', year: 'numeric', timeZone },
  short: { day: 'numeric', month: 'short', year: 'numeric', timeZone },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  weekdayUtc: { weekday: 'long', day: 'numeric', month: 'long', timeZone },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
  month: { month: 'long', year: 'numeric', timeZone },
  monthOnly: { month: 'long', timeZone },
} satisfies Record<string, Intl.DateTimeFormatOptions>

export type DateStyle = keyof typeof formats

const formatters = new Map<string, Intl.DateTimeFormat>()

export function formatDate(date: Date | string, style: DateStyle, locale: string): string {
  const key = `${locale} ${style}`
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, formats[style])
  formatters.set(key, formatter)
  return formatter.format(typeof date === 'string' ? new Date(date) : date)
}

/** `month` counts from 1. */
export const formatMonth = (
  year: number,
  month: number,
  style: 'month' | 'monthOnly',
  locale: string,
): string => formatDate(new Date(Date.UTC(year, month - 1, 1)), style, locale)

const relatives = new Map<string, Intl.RelativeTimeFormat>()

const units = [
  ['minute', 60],
  ['hour', 60 * 60],
  ['day', 24 * 60 * 60],
  ['week', 7 * 24 * 60 * 60],
] as const

/** "5 minutes ago", or undefined when it is longer ago than three weeks and a date says more. */
export function formatAgo(date: string, locale: string, now: Date = new Date()): string | undefined {
  const seconds = (now.getTime() - new Date(date).getTime()) / 1000
  if (seconds >= 21 * 24 * 60 * 60 || seconds < -60) return undefined
  const relative = relatives.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  relatives.set(locale, relative)
  const unit = units.findLast(([, size]) => seconds >= size)
  return unit ? relative.format(-Math.floor(seconds / unit[1]), unit[0]) : relative.format(0, 'second')
}
