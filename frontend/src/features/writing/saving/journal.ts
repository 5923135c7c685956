import { storage } from '@/lib/storage'

import type { Draft } from './draft'

/** What was typed and the server may not have yet. */
export interface JournalEntry {
  readonly owner: string
  readonly draft: Draft
  /** What the draft was typed over, and its version; none for a post that the server doesn't know. */
  readonly base: { readonly draft: Draft; readonly version: number } | null
  /** In milliseconds since 1970. */
  readonly at: number
}

const keyOf = (post: number | 'new'): string => `byline.draft.${post}`

function isEntry(value: unknown): value is JournalEntry {
  return (
    typeof value === 'object' && value !== null && 'owner' in value && 'draft' in value && 'base' in value
  )
}

/** Keeps unsaved text on this device, at once and through a crash. One entry a post. */
export const journal = {
  /** Answers whether it was kept. */
  write: (post: number | 'new', entry: JournalEntry): boolean =>
    storage.write(keyOf(post), JSON.stringify(entry)),

  /** What this owner left; somebody else's text is neither shown nor dropped. */
  read(post: number | 'new', owner: string): JournalEntry | null {
    const text = storage.read(keyOf(post))
    if (text === null) return null
    try {
      const entry: unknown = JSON.parse(text)
      return isEntry(entry) && entry.owner === owner ? entry : null
    } catch {
      return null
    }
  },

  clear: (post: number | 'new'): boolean => storage.write(keyOf(post), null),
}
