import { computed, watch } from 'vue'

import type { Post, WorkingCopy } from '@/api'

import { contentDraft } from './draft'
import { isLive, knownOf, merged } from './known'
import type { Choices } from './merge/drafts'
import { useRecovery } from './useRecovery'
import { useSaveMoments } from './useSaveMoments'
import { useSaving } from './useSaving'
import { useText } from './useText'
import { useWorkingCopy } from './useWorkingCopy'

interface Options {
  readonly owner: string
  readonly language: string
  /** None for a post that is only begun. */
  readonly post: Post | null
  readonly copy: WorkingCopy | null
  /** Which of the texts that were begun on this device is gone on with. */
  readonly from: string | undefined
  readonly onCreated: (post: Post) => void
}

/**
 * Saves while one types. Each change is kept on this device at once and goes to the server after a pause; nothing is
 * overwritten unseen, and whatever goes wrong, the text stays where it is.
 */
export function useAutosave({ owner, language, post: given, copy, from, onCreated }: Options) {
  const text = useText(owner, knownOf(given, copy, language))
  const { known, draft, dirty, live, kept, merging } = text
  const saving = useSaving(text, language, onCreated)
  const working = useWorkingCopy(text, saving)
  const recovery = useRecovery(text, from)
  const post = computed(() => known.value.post)

  watch(draft, saving.onTyped, { flush: 'sync' })
  useSaveMoments({
    save: saving.autosave,
    atRisk: () => dirty.value && ['full', 'none'].includes(kept.keeping.value),
    leave: () => {
      saving.timer.clear()
      if (saving.state.value === 'unsaved') void saving.save()
    },
  })

  function replacePost(next: Post): void {
    const { copy: present, base, seen, post: before } = known.value
    const whole = merged(next, before)
    if (present && isLive(whole)) working.replaceKnown({ post: whole, copy: present, base, seen })
    else working.replaceKnown(knownOf(whole, null, language))
  }

  function replaceWorkingCopy(next: WorkingCopy): void {
    const { post: present } = known.value
    if (!present) return
    const base = contentDraft(next, present)
    working.replaceKnown({ post: present, copy: next, base, seen: next.base_version })
  }

  /** Brings back what earlier visits left on this device; it is saved like anything typed. */
  async function recover(): Promise<boolean> {
    const isBack = await recovery.recover()
    if (isBack) saving.goOn()
    return isBack
  }

  /** Goes on with what was chosen. Throws where the other version could not be put aside. */
  async function settle(choices: Choices): Promise<void> {
    if (!(await merging.settle(choices))) return
    saving.goOn()
    await recover()
  }

  function undoMerge(): void {
    merging.undo()
    saving.goOn()
  }

  function discardRecovered(): void {
    recovery.discard()
    saving.goOn()
  }

  return {
    ...{ post, draft, dirty, live, keeping: kept.keeping, workingCopy: computed(() => known.value.copy) },
    ...{ state: saving.state, errors: saving.errors, problem: saving.problem },
    ...{ conflict: merging.conflict, merge: merging.merge, lastMerge: merging.last, settle, undoMerge },
    dismissMerge: () => (merging.last.value = null),
    ...{ recovered: recovery.recovered, recover, discardRecovered },
    ...{ undoDiscard: recovery.undoDiscard, dismissRecovered: recovery.dismiss },
    ...{ save: () => saving.save(), autosave: saving.autosave, resume: saving.resume },
    ...{ replacePost, replaceWorkingCopy, discarded: working.discarded },
    ...{ publishChanges: working.publishChanges, discardChanges: working.discardChanges },
    undoDiscardChanges: working.undoDiscardChanges,
    dismissDiscarded: () => (working.discarded.value = null),
  }
}
