import { storage } from '@/lib/storage'

import { differences, emptyDraft, type Draft } from '../draft'
import { groundRow, textRow, type Entry } from './entries'
import type { Store } from './store'

/** How a text was kept before: one entry a post, in local storage. */
interface Former {
  readonly owner: string
  readonly draft: Draft
  readonly base: { readonly draft: Draft; readonly version: number } | null
  readonly at: number
}

const prefix = 'byline.draft.'

const isFormer = (value: unknown): value is Former =>
  typeof value === 'object' && value !== null && 'owner' in value && 'draft' in value && 'base' in value

function entryOf(place: string, { owner, draft, base, at }: Former): Entry {
  const post = place === 'new' || !base ? null : { id: Number(place), slug: base.draft.slug }
  return {
    owner,
    tab: `former-${place}`,
    ground: { post, base: base?.draft ?? emptyDraft(draft.language), sent: [], creation: null, adopted: [] },
    draft,
    at,
  }
}

/** Brings what an earlier version of the editor has kept into the journal of today, whoever it belongs to. */
export function migrate(into: Store): void {
  for (const name of storage.keys(prefix)) {
    try {
      const former: unknown = JSON.parse(storage.read(name) ?? '')
      if (!isFormer(former)) continue
      const entry = entryOf(name.slice(prefix.length), former)
      storage.write(name, null) // first, for both need room
      if (differences(entry.ground.base, entry.draft).length === 0) continue
      into.write({ put: [textRow(entry), groundRow(entry)], remove: [] }).catch(() => {
        storage.write(name, JSON.stringify(former))
      })
    } catch {
      // Damaged: it stays as it is.
    }
  }
}
