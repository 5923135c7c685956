import { onScopeDispose, readonly, ref, watch } from 'vue'

/** Follows a value when it has rested for so many milliseconds. */
export function useDebounced(value: () => string, pause: number) {
  const rested = ref(value())
  let timer = 0
  watch(value, (now) => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => (rested.value = now), pause)
  })
  onScopeDispose(() => window.clearTimeout(timer))
  return readonly(rested)
}
