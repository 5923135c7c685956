import { computed, ref, watch } from 'vue'

import type { PostSummary } from '@/api'

/** Which of the shown posts are ticked. What is no longer shown is no longer ticked. */
export function useSelection(posts: () => readonly PostSummary[]) {
  const ids = ref<ReadonlySet<number>>(new Set())
  const selected = computed(() => posts().filter(({ id }) => ids.value.has(id)))
  const all = computed(() => posts().length > 0 && selected.value.length === posts().length)

  function toggle(id: number, on: boolean): void {
    const next = new Set(ids.value)
    if (on) next.add(id)
    else next.delete(id)
    ids.value = next
  }

  const toggleAll = (on: boolean): void => {
    ids.value = new Set(on ? posts().map(({ id }) => id) : [])
  }
  const clear = (): void => toggleAll(false)

  watch(posts, (now) => {
    const shown = new Set(now.map(({ id }) => id))
    if ([...ids.value].some((id) => !shown.has(id))) {
      ids.value = new Set([...ids.value].filter((id) => shown.has(id)))
    }
  })

  return { ids, selected, all, toggle, toggleAll, clear }
}
