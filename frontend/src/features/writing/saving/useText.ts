import { computed, reactive, shallowRef } from 'vue'

import { differences, type Draft } from './draft'
import type { Creation, Ground } from './journal'
import { isLive, type Known } from './known'
import { useJournal } from './useJournal'
import { useMerging } from './useMerging'

/** The text as it is typed, beside what the server is known to have of it, kept on this device. */
export function useText(owner: string, initial: Known) {
  const known = shallowRef<Known>(initial)
  const draft = reactive<Draft>({ ...initial.base })
  /** What was sent and not answered: the server may have it. */
  const sent = shallowRef<readonly Draft[]>([])
  const creation = shallowRef<Creation | null>(null)
  /** Earlier visits whose text is in this one's. */
  const adopted = shallowRef<readonly string[]>([])
  const dirty = computed(() => differences(known.value.base, draft).length > 0)
  const live = computed(() => isLive(known.value.post))
  const kept = useJournal(owner)
  const merging = useMerging({ draft, known, sent })

  const ground = computed<Ground>(() => {
    const { post, base } = known.value
    return {
      post: post && { id: post.id, slug: post.slug },
      base: merging.conflict.value?.base ?? base,
      sent: sent.value,
      creation: creation.value,
      adopted: adopted.value,
    }
  })

  /** Everything that the server may not have, on this device. */
  function keep(): void {
    if (dirty.value || merging.conflict.value || creation.value) kept.keep(ground.value, draft)
    else kept.clear()
  }

  return { known, draft, sent, creation, adopted, dirty, live, kept, merging, keep }
}

export type Text = ReturnType<typeof useText>
