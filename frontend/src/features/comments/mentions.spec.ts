import { describe, expect, it } from 'vitest'

import { complete, namingAt } from './mentions'

describe('namingAt', () => {
  it('finds the name before the caret', () => {
    expect(namingAt('Hello @gr', 9)).toEqual({ at: 6, prefix: 'gr' })
    expect(namingAt('@', 1)).toEqual({ at: 0, prefix: '' })
    expect(namingAt('Hello @gr there', 9)).toEqual({ at: 6, prefix: 'gr' })
  })

  it('leaves addresses and finished names alone', () => {
    expect(namingAt('me@example', 10)).toBeUndefined()
    expect(namingAt('https://x.org/@gr', 17)).toBeUndefined()
    expect(namingAt('@grace ', 7)).toBeUndefined()
  })
})

describe('complete', () => {
  it('writes the name, and one space after it', () => {
    expect(complete('Hi @gr', 6, { at: 3, prefix: 'gr' }, 'grace')).toEqual({ text: 'Hi @grace ', caret: 10 })
    expect(complete('Hi @gr you', 6, { at: 3, prefix: 'gr' }, 'grace')).toEqual({
      text: 'Hi @grace you',
      caret: 10,
    })
  })
})
