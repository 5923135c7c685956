import { describe, expect, it } from 'vitest'

import { createI18n } from './i18n'

const say = (locale: string, messages: object) =>
  createI18n({ locale, messages: { [locale]: messages } }).global.t

describe('messages', () => {
  it.each([
    ['en', 0, '0 posts'],
    ['en', 1, '1 post'],
    ['en', 2, '2 posts'],
    ['en', 12345, '12,345 posts'],
    ['de', 0, '0 Beiträge'],
    ['de', 1, '1 Beitrag'],
    ['de', 12345, '12.345 Beiträge'],
  ])('count as %s does: %d', (locale, count, said) => {
    const posts = locale === 'de' ? '{count} Beitrag | {count} Beiträge' : '{count} post | {count} posts'
    expect(say(locale, { posts })('posts', count)).toBe(said)
    expect(say(locale, { posts })('posts', { count }, count)).toBe(said)
  })

  it.each([
    [0, 'nobody'],
    [1, 'one'],
    [2, '2'],
    [9, '9'],
  ])('have a form for none: %d', (n, said) => {
    expect(say('en', { likes: 'nobody | one | {n}' })('likes', n)).toBe(said)
  })

  it('leave what is named as it is, and never read placeholders out of it', () => {
    const t = say('de', { year: 'Das Jahr {year}', hint: "{'@'}{name}" })
    expect(t('year', { year: 2026 })).toBe('Das Jahr 2026')
    expect(t('hint', { name: '{year} | {name}' })).toBe('@{year} | {name}')
  })
})
