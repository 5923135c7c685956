import { describe, expect, it } from 'vitest'

import { pictureMarkup } from './markup'

const url = '/media/images/3f0c/1600.webp'

describe('the markup of a picture', () => {
  it.each([
    [{ alt: '', caption: '' }, `![](${url})`],
    [{ alt: ' Pans\nat dawn ', caption: '' }, `![Pans at dawn](${url})`],
    [{ alt: 'Pans', caption: 'Salt, "won"' }, `![Pans](${url} "Salt, \\"won\\"")`],
    [{ alt: 'a [b] *c* `d` <e> \\', caption: '' }, `![a \\[b\\] \\*c\\* \\\`d\\\` \\<e\\> \\\\](${url})`],
  ])('of %j is %s in Markdown', (words, expected) => {
    expect(pictureMarkup(url, words, 'markdown')).toBe(expected)
  })

  it('keeps an address together', () => {
    expect(pictureMarkup('/a (b).png', { alt: '', caption: '' }, 'markdown')).toBe('![](</a%20(b).png>)')
  })

  it('is HTML in an imported text, and nothing breaks out of it', () => {
    expect(pictureMarkup(url, { alt: '"><b>', caption: '' }, 'html')).toBe(
      `<p><img src="${url}" alt="&quot;&gt;&lt;b&gt;"></p>`,
    )
    expect(pictureMarkup(url, { alt: 'Pans', caption: 'Salt & light' }, 'html')).toBe(
      `<figure><img src="${url}" alt="Pans"><figcaption>Salt &amp; light</figcaption></figure>`,
    )
  })
})
