import { describe, expect, it } from 'vitest'

import { piecesOf } from './marked'

describe('piecesOf', () => {
  it('tells what is marked from what is not', () => {
    expect(piecesOf('The <mark>quiet</mark> tools')).toEqual([
      { text: 'The ', marked: false },
      { text: 'quiet', marked: true },
      { text: ' tools', marked: false },
    ])
  })

  it('turns entities back into what they stand for, once', () => {
    expect(piecesOf('&lt;b&gt; &amp;amp; &quot;x&#x27;')).toEqual([{ text: `<b> &amp; "x'`, marked: false }])
  })

  it('takes any other element for text', () => {
    expect(piecesOf('<img src=x onerror=alert(1)>')).toEqual([
      { text: '<img src=x onerror=alert(1)>', marked: false },
    ])
  })
})
