import { describe, expect, it } from 'vitest'

import { passwordStrength } from './strength'

describe('passwordStrength', () => {
  it.each([
    ['', 'short'],
    ['abc1234', 'short'],
    ['aaaaaaaaaaaa', 'weak'],
    ['abcdefgh1234', 'weak'],
    ['password1234', 'weak'],
    ['tq7mvkrw9x', 'fair'],
    ['velvet drum', 'good'],
    ['correct horse battery staple', 'strong'],
  ])('calls %j %s', (password, strength) => {
    expect(passwordStrength(password)).toBe(strength)
  })

  it('gives nothing for one’s own name', () => {
    expect(passwordStrength('ada.byron@example.org', ['ada.byron@example.org'])).toBe('weak')
  })
})
