import { defineAsyncComponent, h, shallowRef, type Component } from 'vue'

import { withMessages } from '@/lib/messages'

import MissingPart from './MissingPart.vue'

/**
 * A part of a page whose program is fetched once it is needed. Where that fails, the part says so in its own place and
 * can be asked for again: everything around it stays as it is.
 */
export function lazyPart<Part extends Component>(load: () => Promise<{ default: Part }>): Part {
  const again = shallowRef<() => void>()

  function retry(): void {
    const ask = again.value
    again.value = undefined
    ask?.()
  }

  return defineAsyncComponent<Part>({
    loader: async () => (await withMessages(load)).default,
    delay: 0,
    loadingComponent: () => (again.value ? h(MissingPart, { onRetry: retry }) : null),
    onError: (_error, ask) => (again.value = ask),
  })
}
