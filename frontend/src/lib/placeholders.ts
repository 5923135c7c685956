const tiny = /^data:image\/(?:webp|png|jpeg|avif);base64,[A-Za-z0-9+/=]+$/

/** Pictures that were shown: where a text is shown anew, as while it is written, they are there at once. */
const shown = new Set<string>()

/**
 * Shows the tiny picture that the server gives along with an image (`data-placeholder`) until the real one is there.
 * By the CSSOM: the content policy allows no style in the HTML itself.
 */
export function showPlaceholders(root: HTMLElement): void {
  for (const image of root.querySelectorAll<HTMLImageElement>('img[data-placeholder]')) {
    const placeholder = image.dataset.placeholder ?? ''
    const isThere = (image.complete && image.naturalWidth > 0) || shown.has(image.src)
    if (isThere || !tiny.test(placeholder) || image.classList.contains('image-waiting')) continue
    image.style.backgroundImage = `url("${placeholder}")`
    image.classList.add('image-waiting')
    const settle = ({ type }: Event): void => {
      if (type === 'load') shown.add(image.src)
      image.style.removeProperty('background-image')
      image.classList.remove('image-waiting')
      image.classList.toggle('image-arrived', type === 'load')
      image.removeEventListener('load', settle)
      image.removeEventListener('error', settle)
    }
    image.addEventListener('load', settle)
    image.addEventListener('error', settle)
  }
}
