import { describe, expect, it } from 'vitest'

import { draftOf } from './drafts'

describe('draftOf', () => {
  it('keeps a text for its place until it is forgotten', () => {
    draftOf('a', 'root').write('Hello')

    expect(draftOf('a', 'root').read()).toBe('Hello')
    expect(draftOf('a', 'reply-1').read()).toBeUndefined()
    draftOf('a', 'root').forget()
    expect(draftOf('a', 'root').read()).toBeUndefined()
  })

  it('gives the same key for the same text, after a reload too, and another for another text', () => {
    const key = draftOf('a', 'root').keyFor('Hello')

    expect(draftOf('a', 'root').keyFor('Hello')).toBe(key)
    draftOf('a', 'root').write('Hello!')
    expect(draftOf('a', 'root').keyFor('Hello!')).not.toBe(key)
  })

  it('bears what others left in its place', () => {
    localStorage.setItem('byline.comment.a.root', '{"body":')

    expect(draftOf('a', 'root').read()).toBeUndefined()
  })
})
