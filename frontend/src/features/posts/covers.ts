import type { ShownCover } from '@/api'

/** A cover as one that is being written has it as well, whose sizes aren't known. */
export type Cover = Pick<ShownCover, 'url' | 'alt'> & Partial<ShownCover>

/**
 * How wide the first picture of a page is shown; told also before there is any style. On a phone a little less than
 * that: nobody sees it on so fine a screen, and the size below is often enough.
 */
export const leadSizes = '(min-width: 84rem) 51rem, (min-width: 64rem) 62vw, (min-width: 44rem) 100vw, 88vw'
export const postSizes = '(min-width: 70rem) 64rem, (min-width: 44rem) 100vw, 88vw'

/** The sizes that there are of it in this kind, or nothing. */
export const sourcesOf = ({ renditions }: Cover, kind: 'avif' | 'webp'): string | undefined =>
  renditions
    ?.filter(({ type }) => type === `image/${kind}`)
    .map(({ url, width }) => `${url} ${width}w`)
    .join() || undefined
