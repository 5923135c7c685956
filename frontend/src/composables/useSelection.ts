import { computed, ref, watch } from 'vue'

/** Which of the shown rows are ticked. What is no longer shown is no longer ticked. */
export function useSelection<Row extends { readonly id: number }>(rows: () => readonly Row[]) {
  const ids = ref<ReadonlySet<number>>(new Set())
  const selected = computed(() => rows().filter(({ id }) => ids.value.has(id)))
  const all = computed(() => rows().length > 0 && selected.value.length === rows().length)

  function toggle(id: number, on: boolean): void {
    const next = new Set(ids.value)
    if (on) next.add(id)
    else next.delete(id)
    ids.value = next
  }

  const toggleAll = (on: boolean): void => {
    ids.value = new Set(on ? rows().map(({ id }) => id) : [])
  }
  const clear = (): void => toggleAll(false)

  watch(rows, (now) => {
    const shown = new Set(now.map(({ id }) => id))
    if ([...ids.value].some((id) => !shown.has(id))) {
      ids.value = new Set([...ids.value].filter((id) => shown.has(id)))
    }
  })

  return { ids, selected, all, toggle, toggleAll, clear }
}
