import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'

/**
 * Keeps the tools above the keyboard of a phone. It covers the page without making it smaller: how far it reaches is
 * known only from what is still seen of it.
 */
export function useKeyboardDock(tools: Readonly<ShallowRef<HTMLElement | null>>): void {
  const seen = window.visualViewport

  function place(): void {
    if (!seen) return
    const covered = Math.max(0, document.documentElement.clientHeight - seen.height - seen.offsetTop)
    tools.value?.style.setProperty('--keyboard', `${Math.round(covered)}px`)
  }

  onMounted(() => {
    seen?.addEventListener('resize', place)
    seen?.addEventListener('scroll', place)
    place()
  })
  onBeforeUnmount(() => {
    seen?.removeEventListener('resize', place)
    seen?.removeEventListener('scroll', place)
  })
}
