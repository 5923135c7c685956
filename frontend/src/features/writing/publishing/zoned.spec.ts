import { describe, expect, it } from 'vitest'

import { describeMoment, describeZone, localTime, readLocalTime } from './zoned'

const berlin = 'Europe/Berlin'
const read = (text: string, zone = berlin): string => {
  const reading = readLocalTime(text, zone)
  if (reading.kind === 'moment') return `${reading.moment.toISOString()}${reading.twice ? ' twice' : ''}`
  return reading.kind === 'gap' ? `gap, ${reading.instead}` : reading.kind
}

describe('readLocalTime', () => {
  it.each([
    ['2026-01-15T08:00', '2026-01-15T07:00:00.000Z'],
    ['2026-07-15T08:00', '2026-07-15T06:00:00.000Z'],
    ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('reads %s in Berlin', (text, moment) => {
    expect(read(text)).toBe(moment)
  })

  it('knows the times that clocks are put forward over', () => {
    expect(read('2026-03-29T02:00')).toBe('gap, 2026-03-29T03:00')
    expect(read('2026-03-29T02:30')).toBe('gap, 2026-03-29T03:30')
    // Half an hour, in the other half of the year.
    expect(read('2026-10-04T02:15', 'Australia/Lord_Howe')).toBe('gap, 2026-10-04T02:45')
    // A day that was left out.
    expect(read('2011-12-30T12:00', 'Pacific/Apia')).toBe('gap, 2011-12-31T12:00')
  })

  it('takes the first of a time that comes twice, and says so', () => {
    expect(read('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z twice')
  })

  it('needs no time zone that changes', () => {
    expect(read('2026-03-29T02:30', 'UTC')).toBe('2026-03-29T02:30:00.000Z')
    expect(read('2026-03-29T02:30', 'Asia/Kathmandu')).toBe('2026-03-28T20:45:00.000Z')
  })

  it.each(['', 'soon', '2026-13-01T00:00', '2026-02-31T25:00', '2026-01-01'])('refuses “%s”', (text) => {
    expect(read(text)).toBe('invalid')
  })

  it('is the way back from what a clock shows, hour by hour through two years', () => {
    const begin = Date.UTC(2026, 0, 1)
    for (const zone of [berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tehran']) {
      for (let hour = 0; hour < 2 * 366 * 24; hour += 7) {
        const moment = new Date(begin + hour * 3_600_000)
        const reading = readLocalTime(localTime(moment, zone), zone)
        if (reading.kind !== 'moment') throw new Error(`${zone} ${moment.toISOString()}: ${reading.kind}`)
        const late = moment.getTime() - reading.moment.getTime()
        expect(reading.twice ? late <= 3_600_000 : late === 0).toBe(true)
      }
    }
  })
})

describe('what is said of a moment', () => {
  const moment = new Date('2026-11-27T07:00:00Z')

  it('is in the zone’s time, and names the zone with its offset then', () => {
    expect(describeMoment(moment, berlin, 'en-GB')).toMatch(/^Friday,? 27 November 2026 at 08:00$/)
    expect(describeZone(moment, berlin, 'en')).toBe('Europe/Berlin, GMT+1')
    expect(describeZone(new Date('2026-07-01T00:00:00Z'), 'America/New_York', 'en')).toBe(
      'America/New York, GMT-4',
    )
  })
})
