import type { RouterScrollBehavior } from 'vue-router'

const patience = 1500

/** Waits, a frame at a time and not for ever, until what is shown meets the condition. */
function settled(condition: () => boolean): Promise<void> {
  const end = performance.now() + patience
  return new Promise((resolve) => {
    const look = (): void => {
      if (condition() || performance.now() > end) resolve()
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Back and forward return to where one was, once the content is long enough; a hash goes to its heading. */
export const restoreScroll: RouterScrollBehavior = async (to, from, saved) => {
  // Whoever reads on while the program is on its way stays there.
  if (from.matched.length === 0 && window.scrollY > 0) return false
  if (saved) {
    await settled(() => document.documentElement.scrollHeight >= saved.top + window.innerHeight)
    return saved
  }
  if (to.hash) {
    const id = decodeURIComponent(to.hash.slice(1))
    await settled(() => document.getElementById(id) !== null)
    return document.getElementById(id) ? { el: `#${CSS.escape(id)}` } : false
  }
  return to.path === from.path || window.history.state?.inPlace === true ? false : { top: 0 }
}
