import { describe, expect, it } from 'vitest'

import { noWords, pictureMarkup, type Words } from './markup'

const url = '/media/images/3f0c/1600.webp'

const markdown = (words: Partial<Words>) => pictureMarkup(url, { ...noWords, ...words }, 'markdown')
const html = (words: Partial<Words>) => pictureMarkup(url, { ...noWords, ...words }, 'html')

describe('the markup of a picture', () => {
  it.each([
    [{ alt: '', caption: '' }, `![](${url})`],
    [{ alt: 'left over', caption: '', decorative: true }, `![](${url} "")`],
    [{ alt: ' Pans\nat dawn ', caption: '' }, `![Pans at dawn](${url})`],
    [{ alt: 'Pans', caption: 'Salt, "won"' }, `![Pans](${url} "Salt, \\"won\\"")`],
    [{ alt: 'a [b] *c* `d` <e> \\', caption: '' }, `![a \\[b\\] \\*c\\* \\\`d\\\` \\<e\\> \\\\](${url})`],
  ])('of %j is %s in Markdown', (words, expected) => {
    expect(markdown(words)).toBe(expected)
  })

  it('keeps an address together', () => {
    expect(pictureMarkup('/a (b).png', noWords, 'markdown')).toBe('![](</a%20(b).png>)')
  })

  it('is HTML in an imported text, and nothing breaks out of it', () => {
    expect(html({ alt: '"><b>' })).toBe(`<p><img src="${url}" alt="&quot;&gt;&lt;b&gt;"></p>`)
    expect(html({ alt: 'Pans', caption: 'Salt & light' })).toBe(
      `<figure><img src="${url}" alt="Pans"><figcaption>Salt &amp; light</figcaption></figure>`,
    )
    expect(html({ decorative: true })).toBe(`<p><img src="${url}" alt="" role="presentation"></p>`)
  })
})
