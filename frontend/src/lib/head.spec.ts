import { describe, expect, it } from 'vitest'

import { setHead } from './head'

const content = (selector: string) => document.head.querySelector(selector)?.getAttribute('content')

describe('setHead', () => {
  it('describes the page, and the next page in its place', () => {
    setHead({ title: 'One', description: 'First', hidden: true })
    setHead({ title: 'Two', description: 'Second', type: 'article' })

    expect(document.title).toBe('Two')
    expect(content('meta[name="description"]')).toBe('Second')
    expect(content('meta[property="og:type"]')).toBe('article')
    expect(document.head.querySelector('meta[property="og:url"]')).toBeNull()
    expect(document.head.querySelectorAll('meta[name="description"]')).toHaveLength(1)
    expect(document.head.querySelector('meta[name="robots"], link[rel="canonical"]')).toBeNull()
  })

  it('keeps the last title until there is another', () => {
    setHead({ title: 'Here' })
    setHead({})

    expect(document.title).toBe('Here')
  })
})
