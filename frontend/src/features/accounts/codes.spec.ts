import { describe, expect, it } from 'vitest'

import { codeIn, digitsOf } from './codes'

describe('digitsOf', () => {
  it.each([
    ['12345678', '12345678'],
    [' 1234 5678 ', '12345678'],
    ['12-34-56-78', '12345678'],
    ['１２３４５６７８', '12345678'],
    ['', ''],
  ])('reads %j as %j', (typed, digits) => {
    expect(digitsOf(typed)).toBe(digits)
  })
})

describe('codeIn', () => {
  it.each([
    ['12345678', 8, '12345678'],
    ['Your code is 1234 5678. It is good for 15 minutes.', 8, '12345678'],
    ['1234\u00a05678\n', 8, '12345678'],
    ['In 2026 the code was 87654321', 8, '87654321'],
    ['123 456', 6, '123456'],
  ])('finds it in %j', (text, length, code) => {
    expect(codeIn(text, length)).toBe(code)
  })

  it.each(['', 'no code', '1234567', '123456789'])('finds none in %j', (text) => {
    expect(codeIn(text, 8)).toBeUndefined()
  })
})
