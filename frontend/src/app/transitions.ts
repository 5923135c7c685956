import { nextTick } from 'vue'
import type { Router } from 'vue-router'

const still = '(prefers-reduced-motion: reduce)'

/**
 * One page fades into the next, where the browser can do it and motion is welcome. Going back and forward stays sudden:
 * there browsers have gestures of their own.
 */
export function fadeBetweenPages(router: Router): void {
  if (!('startViewTransition' in document)) return
  let travelling = false
  let done: (() => void) | undefined
  const finish = (): void => {
    travelling = false
    if (done) void nextTick(done)
    done = undefined
  }
  window.addEventListener('popstate', () => (travelling = true), { capture: true })
  router.beforeResolve((to, from) => {
    if (travelling || document.hidden || to.path === from.path || from.matched.length === 0) return
    if (window.matchMedia(still).matches) return
    return new Promise<void>((proceed) => {
      const fade = document.startViewTransition(() => {
        proceed()
        return new Promise<void>((settle) => (done = settle))
      })
      // A window that changes its size meanwhile shows the next page at once.
      fade.ready.catch(() => undefined)
    })
  })
  router.afterEach(finish)
  router.onError(finish)
}
