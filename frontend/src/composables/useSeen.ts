import { ref, watch, type Ref } from 'vue'

/** Whether something was ever open: what is not, need not be loaded; what was, stays, so that focus finds its way back. */
export function useSeen(open: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const seen = ref(open.value)
  watch(
    open,
    (now) => {
      if (now) seen.value = true
    },
    { flush: 'sync' },
  )
  return seen
}
