import type { Image } from '@/api'

export type { Image }

/** In bytes. */
export const largest = 25 * 1024 * 1024

export function isImage(value: unknown): value is Image {
  return (
    typeof value === 'object' && value !== null && 'id' in value && 'url' in value && 'renditions' in value
  )
}

/** The smallest rendition that is wide enough, for lists; `width` in pixels. */
export function smallSource(image: Image, width = 320): string {
  const fitting = image.renditions
    .filter((rendition) => rendition.type === 'image/webp' && rendition.width >= width)
    .sort((one, other) => one.width - other.width)
  return fitting[0]?.url ?? image.url
}
