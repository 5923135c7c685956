import { describe, expect, it } from 'vitest'

import { safeNext, signInLink } from './next'

describe('safeNext', () => {
  it('keeps an address of this publication', () => {
    expect(safeNext('/posts/a?x=1#comment-3')).toBe('/posts/a?x=1#comment-3')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/a/..//evil.example',
    '',
    null,
  ])('refuses %j', (next) => {
    expect(safeNext(next)).toBe('/')
  })

  it.each(['/sign-in?next=/a', '/sign-up', '/forgot'])('does not lead back to %s', (screen) => {
    expect(safeNext(screen)).toBe('/')
  })
})

describe('signInLink', () => {
  it('remembers the page', () => {
    expect(signInLink({ fullPath: '/posts/a', path: '/posts/a', query: {} })).toEqual({
      name: 'sign-in',
      query: { next: '/posts/a' },
    })
  })

  it('passes on where one was going when it stands on the sign-up page', () => {
    const here = { fullPath: '/sign-up?next=/b', path: '/sign-up', query: { next: '/b' } }
    expect(signInLink(here)).toEqual({ name: 'sign-in', query: { next: '/b' } })
  })
})
