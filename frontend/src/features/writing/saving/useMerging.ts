import { computed, ref, shallowRef, type ShallowRef } from 'vue'

import { createRevision, idempotencyKey } from '@/api'

import { changesBetween, differences, type Draft } from './draft'
import type { Known } from './known'
import { mergeDrafts, type Choices } from './merge/drafts'

/** Two versions that do not go together by themselves. */
export interface Conflict {
  /** What both began from. */
  readonly base: Draft
  readonly theirs: Draft
  /** What is known to be on the server once it is settled. */
  readonly next: Known
}

/** What was brought together last, so that it can be taken back. */
export interface Merged {
  readonly how: 'merged' | 'chosen'
  readonly before: Draft
  readonly after: Draft
  readonly conflict: Conflict | null
}

interface Options {
  readonly draft: Draft
  readonly known: ShallowRef<Known>
  /** What was sent and not answered: the server may have it, and then it is nobody else's change. */
  readonly sent: ShallowRef<readonly Draft[]>
}

/** The base, with what the server has from us already in it. */
function withSent(base: Draft, theirs: Draft, sent: readonly Draft[]): Draft {
  const ours = differences(base, theirs).filter((name) => sent.some((each) => each[name] === theirs[name]))
  return { ...base, ...Object.fromEntries(ours.map((name) => [name, theirs[name]])) }
}

/** Brings what is typed together with what somebody else saved. */
export function useMerging({ draft, known, sent }: Options) {
  const conflict = shallowRef<Conflict | null>(null)
  const last = shallowRef<Merged | null>(null)
  const settling = ref(false)
  /** Follows what is typed while one chooses. */
  const merge = computed(() =>
    conflict.value ? mergeDrafts(conflict.value.base, { ...draft }, conflict.value.theirs) : null,
  )

  /** Answers whether everything went together; if not, the author has to choose. */
  function bring(base: Draft, theirs: Draft, next: Known, mine: Draft = { ...draft }): boolean {
    const ground = withSent(base, theirs, sent.value)
    const { clashes, resolve } = mergeDrafts(ground, mine, theirs)
    if (clashes.length > 0) {
      conflict.value = { base: ground, theirs, next }
      last.value = null
      Object.assign(draft, mine)
      return false
    }
    const before = { ...mine }
    const after = resolve()
    known.value = next
    sent.value = []
    Object.assign(draft, after)
    last.value =
      differences(before, after).length > 0 ? { how: 'merged', before, after, conflict: null } : null
    return true
  }

  /** Mine is put aside in the history before it goes from the post. Throws where that does not work. */
  async function keepAside(mine: Draft, { theirs, next }: Conflict): Promise<void> {
    const content = changesBetween(theirs, mine)
    delete content.featured
    if (!next.post || Object.keys(content).length === 0) return
    await createRevision({ path: { slug: next.post.slug }, body: content, headers: idempotencyKey() })
  }

  /** Goes on with what was chosen; answers whether there was something to choose. */
  async function settle(choices: Choices): Promise<boolean> {
    const settled = conflict.value
    if (!settled || !merge.value || settling.value) return false
    settling.value = true
    try {
      if (choices.includes('theirs')) await keepAside({ ...draft }, settled)
      const before = { ...draft }
      const after = merge.value.resolve(choices)
      known.value = settled.next
      sent.value = []
      conflict.value = null
      Object.assign(draft, after)
      last.value = { how: 'chosen', before, after, conflict: settled }
      return true
    } finally {
      settling.value = false
    }
  }

  /** Takes the last merge or choice back; what was typed since stays. */
  function undo(): void {
    const undone = last.value
    if (!undone) return
    last.value = null
    Object.assign(draft, mergeDrafts(undone.after, { ...draft }, undone.before).resolve())
    if (undone.conflict) conflict.value = { ...undone.conflict, next: known.value }
  }

  return { conflict, merge, last, settling, bring, settle, undo }
}
