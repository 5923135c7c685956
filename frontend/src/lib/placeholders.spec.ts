import { describe, expect, it } from 'vitest'

import { showPlaceholders } from './placeholders'

const placeholder = 'data:image/webp;base64,UklGRg=='

let count = 0

function show(given: string, { here = false, src = `/${++count}.webp` } = {}): HTMLImageElement {
  const root = document.createElement('div')
  root.innerHTML = `<p><img src="${src}" alt="" data-placeholder='${given}'></p>`
  const image = root.querySelector('img')
  if (!image) throw new Error('There is no image.')
  Object.defineProperties(image, { complete: { value: here }, naturalWidth: { value: here ? 800 : 0 } })
  showPlaceholders(root)
  return image
}

describe('a placeholder', () => {
  it('is shown until the picture is there, which then comes out of it', () => {
    const image = show(placeholder)
    expect(image.style.backgroundImage).toContain(placeholder)
    image.dispatchEvent(new Event('load'))

    expect(image.style.backgroundImage).toBe('')
    expect(image.className).toBe('image-arrived')
  })

  it('goes when the picture can’t be had', () => {
    const image = show(placeholder)
    image.dispatchEvent(new Event('error'))

    expect(image.style.backgroundImage).toBe('')
    expect(image.className).toBe('')
  })

  it('is not shown for a picture that is there', () => {
    expect(show(placeholder, { here: true }).style.backgroundImage).toBe('')
  })

  it('is not shown for a picture that was shown before', () => {
    show(placeholder, { src: '/again.webp' }).dispatchEvent(new Event('load'))
    expect(show(placeholder, { src: '/again.webp' }).style.backgroundImage).toBe('')
  })

  it.each([
    'https://example.org/track.png',
    'data:image/svg+xml;base64,AAAA',
    'data:image/webp;base64,")x',
    '',
  ])('is not shown when it is %j', (given) => {
    expect(show(given).style.backgroundImage).toBe('')
  })
})
