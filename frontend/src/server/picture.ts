import { sourcesOf, type Cover } from '@/features/posts/covers'

import { element, link } from './markup'

/** Has the picture fetched before the program, in the size that the page will show: `sizes` says which. */
export function pictureLink(cover: Cover | null | undefined, sizes: string): string {
  const first = { as: 'image', fetchpriority: 'high' }
  if (!cover) return ''
  // A browser that can't read the better kind passes over this by its `type`, and finds the other in the page.
  const kind = (['avif', 'webp'] as const).find((each) => sourcesOf(cover, each))
  if (!kind) return link('preload', cover.url, first)
  return element('link', {
    rel: 'preload',
    ...first,
    type: `image/${kind}`,
    imagesrcset: sourcesOf(cover, kind),
    imagesizes: sizes,
  })
}
