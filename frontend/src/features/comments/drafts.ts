import { newKey } from '@/api'
import { storage } from '@/lib/storage'

interface Draft {
  readonly body: string
  /** What was last tried to send, and the key it was sent with. */
  readonly sent?: string
  readonly key?: string
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'body' in value && typeof value.body === 'string'

function parse(text: string | null): Draft | undefined {
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isDraft(value) ? value : undefined
  } catch {
    return undefined
  }
}

const prefixOf = (slug: string): string => `byline.comment.${slug}.`

/** Where under a post something was typed and not sent. */
export const draftPlaces = (slug: string): Set<string> =>
  new Set(storage.keys(prefixOf(slug)).map((key) => key.slice(prefixOf(slug).length)))

/** What was typed under a post and not accepted yet, kept on this device. `place` says where in the thread. */
export function draftOf(slug: string, place: string) {
  const address = prefixOf(slug) + place
  const read = (): Draft | undefined => parse(storage.read(address))
  const write = (draft: Draft): boolean => storage.write(address, JSON.stringify(draft))

  return {
    read: (): string | undefined => read()?.body,
    write: (body: string): boolean =>
      body.trim() ? write({ ...read(), body }) : storage.write(address, null),
    forget: (): boolean => storage.write(address, null),
    /** The key to send this text with: the same as before if it is the same text, so that it never comes twice. */
    keyFor(body: string): string {
      const kept = read()
      if (kept?.key && kept.sent === body) return kept.key
      const key = newKey()
      write({ body, sent: body, key })
      return key
    },
  }
}
