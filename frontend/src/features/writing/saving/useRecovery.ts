import { shallowRef } from 'vue'

import { differences, type Draft } from './draft'
import type { Entry } from './journal'
import { mergeDrafts } from './merge/drafts'
import type { Text } from './useText'

/** What an earlier visit left on this device and is back now. */
export interface Recovered {
  /** When it was typed, in milliseconds since 1970. */
  readonly at: number
  readonly before: Draft
  readonly after: Draft
  readonly isDiscarded: boolean
}

/**
 * Brings back what earlier visits left, merged into what the server has by now. `from` names the visit that began a post
 * which was never made; without it the newest such text is taken.
 */
export function useRecovery(text: Text, from: string | undefined) {
  const { draft, known, sent, creation, adopted, kept, merging } = text
  const recovered = shallowRef<Recovered | null>(null)

  async function entries(): Promise<Entry[]> {
    const all = await kept.leftBehind()
    const id = known.value.post?.id
    if (id !== undefined) return all.filter(({ ground }) => ground.post?.id === id)
    const begun = all.filter(({ ground, tab }) => (from === undefined ? !ground.post : tab === from))
    // Texts of their own: one is gone on with, the others wait in the list.
    return begun.slice(-1)
  }

  /** Answers whether the text changed. */
  function bringBack(entry: Entry): boolean {
    const { ground } = entry
    const present = { ...draft }
    if (!known.value.post) {
      creation.value = ground.creation
      // Of a post that is gone, say: its address is not this one's.
      Object.assign(draft, entry.draft, ground.post ? { slug: '' } : {})
    } else {
      // What is here already plays the part of the other side.
      sent.value = ground.sent
      merging.bring(ground.base, present, known.value, entry.draft)
      merging.last.value = null
    }
    adopted.value = [...adopted.value, entry.tab]
    return differences(present, draft).length > 0 || merging.conflict.value !== null
  }

  /** Answers whether anything came back. */
  async function recover(): Promise<boolean> {
    const before = { ...draft }
    for (const entry of await entries()) {
      if (merging.conflict.value) break // the rest after it is settled
      const isNew = bringBack(entry)
      if (isNew) recovered.value = { at: entry.at, before, after: { ...draft }, isDiscarded: false }
      void kept.adopt(entry)
    }
    return recovered.value !== null
  }

  /** Back to how it was without the recovered text, on the server too where that was saved already. */
  function discard(): void {
    const { value } = recovered
    if (!value || value.isDiscarded) return
    const after = { ...draft }
    merging.conflict.value = null
    const rest = mergeDrafts(value.after, after, value.before).resolve()
    Object.assign(draft, differences(value.after, after).length > 0 ? rest : value.before)
    recovered.value = { ...value, after, isDiscarded: true }
  }

  function undoDiscard(): void {
    const { value } = recovered
    if (!value?.isDiscarded) return
    Object.assign(draft, mergeDrafts(value.before, { ...draft }, value.after).resolve())
    recovered.value = { ...value, isDiscarded: false }
  }

  return { recovered, recover, discard, undoDiscard, dismiss: () => (recovered.value = null) }
}
