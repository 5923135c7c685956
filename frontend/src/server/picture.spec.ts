import { describe, expect, it } from 'vitest'

import { makeCover } from '@/test/factories'

import { pictureLink } from './picture'

describe('pictureLink', () => {
  it('names the sizes of the better kind', () => {
    expect(pictureLink(makeCover(), '100vw')).toBe(
      '<link rel="preload" as="image" fetchpriority="high" type="image/avif"' +
        ' imagesrcset="/media/images/1/320.avif 320w,/media/images/1/960.avif 960w" imagesizes="100vw">',
    )
  })

  it('takes the other kind where that is all there is', () => {
    const renditions = makeCover().renditions.filter(({ type }) => type === 'image/webp')
    expect(pictureLink(makeCover({ renditions }), '100vw')).toContain('type="image/webp"')
  })

  it('names the one file of a picture from elsewhere', () => {
    const url = 'https://elsewhere.example/a.jpg?b=1&c="2"'
    expect(pictureLink(makeCover({ url, renditions: [] }), '100vw')).toBe(
      '<link rel="preload" href="https://elsewhere.example/a.jpg?b=1&amp;c=&quot;2&quot;" as="image" fetchpriority="high">',
    )
  })

  it('has nothing to say without a cover', () => {
    expect(pictureLink(null, '100vw')).toBe('')
    expect(pictureLink(undefined, '100vw')).toBe('')
  })
})
