/** Times of a wall clock in a time zone, as a field for date and time holds them: `2026-03-29T02:30`. */
export type LocalTime = string

export type Reading =
  | {
      readonly kind: 'moment'
      readonly moment: Date
      /** The clock shows it twice; this is the first. */ readonly twice: boolean
    }
  /** Clocks are put forward over it; `instead` is what they show when it should be. */
  | { readonly kind: 'gap'; readonly instead: LocalTime }
  | { readonly kind: 'invalid' }

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/
const day = 24 * 60 * 60_000
const clocks = new Map<string, Intl.DateTimeFormat>()

/** The time zone of this device, such as Europe/Berlin. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

function clockOf(zone: string): Intl.DateTimeFormat {
  const fields = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat('en-US', { ...fields, timeZone: zone, hourCycle: 'h23' })
  clocks.set(zone, clock)
  return clock
}

/** What a clock in the zone shows at that moment. */
export function localTime(moment: Date, zone: string): LocalTime {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** How far the clock is ahead of UTC at that moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const minute = Math.floor(moment / 60_000) * 60_000
  return Date.parse(`${localTime(new Date(minute), zone)}Z`) - minute
}

/** Which moment a clock in the zone means. Around a change of the clocks a time may come twice, or not at all. */
export function readLocalTime(text: LocalTime, zone: string): Reading {
  const asUtc = shape.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return { kind: 'invalid' }
  const before = asUtc - offsetAt(asUtc - day, zone)
  const after = asUtc - offsetAt(asUtc + day, zone)
  const [first, second] = [...new Set([before, after])]
    .filter((moment) => localTime(new Date(moment), zone) === text)
    .sort((a, b) => a - b)
  if (first === undefined) return { kind: 'gap', instead: localTime(new Date(before), zone) }
  return { kind: 'moment', moment: new Date(first), twice: second !== undefined }
}

/** "Friday, 27 November 2026 at 08:00", in the zone. */
export const describeMoment = (moment: Date, zone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(moment)

/** "Europe/Berlin, GMT+1": which clock is meant, as it goes at that moment. */
export function describeZone(moment: Date, zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts(moment)
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value
  return [zone.replaceAll('_', ' '), offset].filter(Boolean).join(', ')
}
