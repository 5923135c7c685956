import { describe, expect, it } from 'vitest'

import { accentPair } from './accent'

describe('accentPair', () => {
  it('keeps a colour that can be read as it is', () => {
    expect(accentPair('#7a1f2b')?.light).toBe('#7a1f2b')
  })

  it('lightens a dark colour for dark paper', () => {
    expect(accentPair('#7a1f2b')?.dark).not.toBe('#7a1f2b')
  })

  it('darkens a pale colour for light paper', () => {
    expect(accentPair('#ffe600')).toEqual({ light: '#736700', dark: '#ffe600' })
  })

  it.each(['', 'red', '#12', 'url(x)'])('refuses %j', (color) => {
    expect(accentPair(color)).toBeUndefined()
  })
})
