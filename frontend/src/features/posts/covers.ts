import type { ShownCover } from '@/api'

/** A cover as one that is being written has it as well, whose sizes aren't known. */
export type Cover = Pick<ShownCover, 'url' | 'alt'> & Partial<ShownCover>

/** How wide the first picture of a page is shown: by the browser, before it has any style. */
export const leadSizes = '(min-width: 84rem) 51rem, (min-width: 64rem) 62vw, 100vw'
export const postSizes = '(min-width: 70rem) 64rem, 100vw'

/** The sizes that there are of it in this kind, or nothing. */
export const sourcesOf = ({ renditions }: Cover, kind: 'avif' | 'webp'): string | undefined =>
  renditions
    ?.filter(({ type }) => type === `image/${kind}`)
    .map(({ url, width }) => `${url} ${width}w`)
    .join() || undefined
