/** A picture of one's own, as the server has it. */
export interface Image {
  readonly id: number
  /** What texts name. */
  readonly url: string
  readonly width: number
  readonly height: number
  readonly alt: string
  readonly name: string
  /** Size of the file as it was sent. */
  readonly bytes: number
  /** A tiny picture as a `data:` address. */
  readonly placeholder: string
  readonly state: 'processing' | 'ready' | 'failed'
  readonly renditions: readonly { url: string; type: string; width: number; height: number }[]
  readonly created_at: string
}

/** In bytes. */
export const largest = 20 * 1024 * 1024

export function isImage(value: unknown): value is Image {
  return (
    typeof value === 'object' && value !== null && 'id' in value && 'url' in value && 'renditions' in value
  )
}
