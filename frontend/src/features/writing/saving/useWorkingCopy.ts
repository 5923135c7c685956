import { shallowRef } from 'vue'

import { discardWorkingCopy, ifMatch, publishWorkingCopy, type Post } from '@/api'
import { isStale } from '@/lib/problem'

import { emptyDraft, toDraft, type Draft } from './draft'
import { draftAt, fetchKnown, knownOf, merged, send, type Known } from './known'
import { mergeDrafts } from './merge/drafts'
import type { Saving } from './useSaving'
import type { Text } from './useText'

/** How often publishing begins anew because somebody saved in between. */
const mostRounds = 4

/** The changes to a published post that its readers don't see yet. */
export function useWorkingCopy(text: Text, saving: Saving) {
  const { known, draft, sent, merging } = text
  /** What was discarded last, so that it can be taken back. */
  const discarded = shallowRef<Draft | null>(null)

  /** After a step: what the server has then. What is typed and not sent stays. */
  function replaceKnown(next: Known): void {
    const { base } = known.value
    known.value = next
    sent.value = []
    Object.assign(draft, mergeDrafts(base, { ...draft }, next.base).resolve())
    saving.goOn()
  }

  /** Brings in what others made of the working copy, and of the post. Answers whether it all went together. */
  async function catchUp({ slug }: Post): Promise<boolean> {
    const next = await fetchKnown(slug)
    if (!merging.bring(known.value.base, next.base, next)) return false
    if (!next.copy || next.seen === next.post.version) return true
    const original = (await draftAt(next.post, next.seen)) ?? emptyDraft(draft.language)
    return merging.bring(original, toDraft(next.post), { ...known.value, seen: next.post.version })
  }

  async function publishOnce(): Promise<boolean> {
    const { post, copy, seen, base } = known.value
    if (!post || !copy) return true
    if (copy.base_version !== seen) known.value = await send(known.value, base)
    const current = known.value.copy ?? copy
    const saved = await publishWorkingCopy({
      path: { slug: post.slug },
      headers: ifMatch(current.version),
    })
    replaceKnown(knownOf(merged(saved, post), null, draft.language))
    return true
  }

  /** Makes the changes what readers see. Throws what the server objects to; answers whether it is done. */
  async function publishChanges(): Promise<boolean> {
    for (let round = 0; round < mostRounds; round += 1) {
      if (!(await saving.save())) return false
      try {
        return await publishOnce()
      } catch (error) {
        const { post } = known.value
        if (!isStale(error) || !post) throw error
        const isDone = await catchUp(post)
        saving.goOn()
        if (!isDone) return false
      }
    }
    return false
  }

  /** What readers see is what one goes on from; the history keeps the changes. Throws where that did not work. */
  async function discardChanges(): Promise<void> {
    await saving.save()
    const { post, copy } = known.value
    if (!post) return
    if (copy) await discardWorkingCopy({ path: { slug: post.slug }, headers: ifMatch(copy.version) })
    const next = knownOf((await fetchKnown(post.slug)).post, null, draft.language)
    discarded.value = { ...draft }
    merging.conflict.value = null
    known.value = next
    sent.value = []
    Object.assign(draft, next.base)
    saving.goOn()
  }

  function undoDiscardChanges(): void {
    if (!discarded.value) return
    Object.assign(draft, discarded.value)
    discarded.value = null
  }

  return { discarded, replaceKnown, publishChanges, discardChanges, undoDiscardChanges }
}
