import { onBeforeUnmount, onMounted, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'

import { endPresence, newKey, notePresence, type Presence } from '@/api'

/** In milliseconds. The server forgets a tab after three of these. */
export const beat = 20_000

const nobody: Presence = { others: [], own_tabs: 1 }

/**
 * Tells the server that a post is open in this tab, and hears who else has it open. Nothing depends on it: whatever
 * goes wrong, one is simply alone.
 */
export function usePresence(slug: MaybeRefOrGetter<string | undefined>) {
  const tab = newKey()
  const presence = ref<Presence>(nobody)
  let timer: number | undefined
  let gone = false

  async function tell(): Promise<void> {
    window.clearTimeout(timer)
    const now = toValue(slug)
    if (gone) return
    timer = window.setTimeout(() => void tell(), beat)
    if (now === undefined) return
    try {
      const heard = await notePresence({ path: { slug: now }, body: { tab } })
      if (toValue(slug) === now) presence.value = heard
    } catch {
      presence.value = nobody
    }
  }

  function leave(from: string | undefined): void {
    if (from === undefined) return
    // The page may be closing: the request outlives it.
    endPresence({ path: { slug: from }, body: { tab }, keepalive: true }).catch(() => undefined)
  }

  const onLeave = (): void => leave(toValue(slug))
  const onReturn = (): void => {
    if (document.visibilityState === 'visible') void tell()
  }

  onMounted(() => {
    window.addEventListener('pagehide', onLeave)
    document.addEventListener('visibilitychange', onReturn)
    void tell()
  })
  onBeforeUnmount(() => {
    gone = true
    window.clearTimeout(timer)
    window.removeEventListener('pagehide', onLeave)
    document.removeEventListener('visibilitychange', onReturn)
    onLeave()
  })
  // Another address is the same post; a post that was only begun has got one.
  watch(
    () => toValue(slug),
    () => void tell(),
  )

  return presence
}
