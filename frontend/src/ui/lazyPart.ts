import { defineAsyncComponent, h, shallowRef, type Component } from 'vue'

import { withMessages } from '@/lib/messages'
import { awaitPart, begunByServer, firstInteraction, pause, settled } from '@/lib/settled'

import MissingPart from './MissingPart.vue'

/**
 * A part of a page whose program is fetched once it is needed. Where that fails, the part says so in its own place and
 * can be asked for again: everything around it stays as it is. What the server drew stands without its program until
 * one begins to do something, if it `mayWait`.
 */
export function lazyPart<Part extends Component>(
  load: () => Promise<{ default: Part }>,
  { mayWait = false } = {},
): Part {
  const again = shallowRef<() => void>()

  function retry(): void {
    const ask = again.value
    again.value = undefined
    ask?.()
  }

  return defineAsyncComponent<Part>({
    loader: async () => {
      if (mayWait) await firstInteraction()
      return (await awaitPart(withMessages(load))).default
    },
    delay: 0,
    loadingComponent: () => (again.value ? h(MissingPart, { onRetry: retry }) : null),
    onError: (_error, ask) => (again.value = ask),
  })
}

/**
 * A part that the server never draws, as only members see it, or who has lost the line. Where it can't be had, its place
 * stays empty until the line is back.
 */
export const memberPart = <Part extends Component>(load: () => Promise<{ default: Part }>): Part =>
  defineAsyncComponent<Part>({
    loader: async () => (await withMessages(load)).default,
    onError: (_error, retry) => window.addEventListener('online', retry, { once: true }),
  })

/** A part of what the server drew that is taken over in a task of its own, so that none of them is long. */
export const ownTask = <Part extends Component>(part: Part): Part =>
  typeof document === 'undefined' || !begunByServer
    ? part
    : defineAsyncComponent<Part>({
        loader: async () => {
          if (!settled.value) await awaitPart(pause())
          return part
        },
      })
