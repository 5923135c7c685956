import { computed, nextTick, ref, watch, type Ref } from 'vue'

import type { Case } from '@/api'

/** The case that keys act upon. Once it is gone, that is the one that took its place. */
export function useCurrent(cases: () => readonly Case[], list: Ref<HTMLElement | null>) {
  const id = ref<number>()
  let index = 0
  const current = computed(() => cases().find((one) => one.id === id.value))

  function choose(one: Case): void {
    id.value = one.id
    index = cases().indexOf(one)
  }

  /** Moves on to the one beside it, and shows it. */
  async function move(by: 1 | -1): Promise<void> {
    const all = cases()
    const at = current.value ? all.indexOf(current.value) + by : 0
    const next = all[Math.min(Math.max(at, 0), all.length - 1)]
    if (next) choose(next)
    await nextTick()
    focus()
  }

  function focus(): void {
    const element = list.value?.querySelectorAll<HTMLElement>('[data-case]')[index]?.querySelector('article')
    if (!element) {
      list.value?.focus()
      return
    }
    element.focus()
    element.scrollIntoView({ block: 'nearest' })
  }

  watch(cases, async (all) => {
    if (id.value === undefined) return
    if (current.value) {
      index = all.indexOf(current.value)
      return
    }
    const next = all[Math.min(index, all.length - 1)]
    id.value = next?.id
    const lost = document.activeElement === null || document.activeElement === document.body
    await nextTick()
    if (!lost && document.activeElement !== document.body) return
    if (next) index = all.indexOf(next)
    focus()
  })

  return { current, choose, move, focus }
}
