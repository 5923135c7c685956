import { describe, expect, it } from 'vitest'

import { accentPair } from './accent'

describe('accentPair', () => {
  it('keeps a colour that can be read as it is', () => {
    expect(accentPair('#7a1f2b')?.light).toBe('#7a1f2b')
    expect(accentPair('#ffe600')?.dark).toBe('#ffe600')
  })

  it('lightens a dark colour for dark paper and keeps its hue', () => {
    const [red, green, blue] = (accentPair('#7a1f2b')?.dark.match(/[\da-f]{2}/g) ?? []).map((hex) =>
      parseInt(hex, 16),
    )

    expect(red).toBeGreaterThan(200)
    expect(Math.abs((green ?? 0) - (blue ?? 0))).toBeLessThan(30)
  })

  it('darkens a pale colour for light paper', () => {
    expect(accentPair('#ffe600')?.light).not.toBe('#ffe600')
  })

  it('takes grey for what it is', () => {
    expect(accentPair('#777')?.light).toMatch(/^#(..)\1\1$/)
  })

  it.each(['', 'red', '#12', 'url(x)'])('refuses %j', (color) => {
    expect(accentPair(color)).toBeUndefined()
  })
})
