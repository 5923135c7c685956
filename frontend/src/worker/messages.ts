/** What a page may ask of the worker. */
export type Message =
  /** A newer version is to take over from the one that is shown. */
  | { readonly type: 'take-over' }
  /** What came before there was a worker, such as the page that is open, or what is to be at hand before it is asked for. */
  | { readonly type: 'keep'; readonly document?: string; readonly files: readonly string[] }
  /** Nobody else is to see what was read. */
  | { readonly type: 'forget' }
  /** How did this page begin? Answered through the port. */
  | { readonly type: 'ask' }

export interface Answer {
  /** It was shown from what is kept. */
  readonly wasKept: boolean
  /** It began with an earlier version, which this one took over from. */
  readonly isOlder: boolean
  readonly version: string
}

const types = new Set(['take-over', 'keep', 'forget', 'ask'])

export const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'type' in value && types.has(String(value.type))

/** Of addresses that a page names, those of one of our folders. */
export const within = (folder: string, addresses: readonly unknown[], origin: string): string[] =>
  addresses.filter(
    (address): address is string => typeof address === 'string' && address.startsWith(`${origin}/${folder}/`),
  )
