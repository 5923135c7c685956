import { nextTick, onBeforeUnmount } from 'vue'
import { useRouter, type RouteLocationNormalized } from 'vue-router'

import type { Turns } from './turns'
import { createWarmth } from './warmth'

const at = (id: number): HTMLElement | null => document.getElementById(`comment-${id}`)

/** Leads to the comments of a long thread, and lets go of them piece by piece where one turns away from it. */
export function usePlaces(turns: Turns) {
  const router = useRouter()
  const warmth = createWarmth(turns)

  /** Puts the focus on a comment. */
  async function focus(id: number, scroll = true): Promise<void> {
    await nextTick()
    await turns.settled()
    warmth.wake(at(id))
    await turns.settled()
    await nextTick()
    at(id)?.focus({ preventScroll: true })
    if (scroll) at(id)?.scrollIntoView({ block: 'nearest' })
  }

  /** What is above takes its true height once it has been in sight: the second look finds the comment in its place. */
  async function go(id: number): Promise<void> {
    await focus(id, false)
    at(id)?.scrollIntoView({ block: 'start' })
    requestAnimationFrame(() => at(id)?.scrollIntoView({ block: 'start' }))
  }

  const turnsAway = (to: RouteLocationNormalized, from: RouteLocationNormalized): boolean =>
    to.path !== from.path || to.query.comments !== from.query.comments
  const ends = [
    // While the next page is fetched, and before pages that fade into each other stand still.
    router.beforeEach(async (to, from) => {
      if (turnsAway(to, from)) await warmth.clear()
    }),
    router.beforeResolve(async (to, from) => {
      if (turnsAway(to, from)) await warmth.clearUnseen()
    }),
    router.afterEach((_to, _from, failure) => failure && warmth.refill()),
    warmth.stop,
  ]
  onBeforeUnmount(() => ends.forEach((end) => end()))

  return { warmth, focus, go }
}
