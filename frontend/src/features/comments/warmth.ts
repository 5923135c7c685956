import { nextTick } from 'vue'

import type { Turns } from './turns'

/** How far beyond what is in sight comments are kept ready, in heights of the window. */
const reach = 2
/** With no more parts than these, all of them are kept ready, wherever they are. */
const few = 10

interface Part {
  readonly onNear: (near: boolean) => void
  readonly wake: () => void
  /** Takes away what it shows where that is far, or brings it back; answers whether there was any. */
  readonly clear: (wanted: boolean) => boolean
}

/**
 * Which parts of a long list are near to what is in sight. Only those are kept with all that one can do with them; the
 * others are there as mere text.
 */
export function createWarmth(turns: Turns) {
  const parts = new Map<Element, Part>()
  const observer =
    typeof IntersectionObserver === 'undefined'
      ? undefined
      : new IntersectionObserver(
          (entries) => {
            for (const { target, isIntersecting } of entries)
              if (isIntersecting || parts.size > few) parts.get(target)?.onNear(isIntersecting)
          },
          { rootMargin: `${reach * 100}% 0px` },
        )

  /** The list has become long: those that were kept ready wherever they are may rest, too. */
  function lookAgain(): void {
    for (const element of parts.keys()) {
      observer?.unobserve(element)
      observer?.observe(element)
    }
  }

  return {
    isNear(element: Element): boolean {
      if (!observer || parts.size < few) return true
      const { top, bottom } = element.getBoundingClientRect()
      return bottom >= -reach * window.innerHeight && top <= (1 + reach) * window.innerHeight
    },

    /** Tells whenever the part comes near or gets far. Answers how to stop that. */
    watch(element: Element, part: Part): () => void {
      parts.set(element, part)
      observer?.observe(element)
      if (parts.size === few + 1) lookAgain()
      return () => {
        parts.delete(element)
        observer?.unobserve(element)
      }
    },

    /** The part that holds this comes to life, wherever it is. */
    wake(element: Element | null | undefined): void {
      const part = element?.closest('.chunk')
      if (part) parts.get(part)?.wake()
    },

    /** Empties what is far away part by part, before the list goes as a whole: that would take long. */
    async clear(): Promise<void> {
      for (const { clear } of parts.values()) turns.take(() => clear(true) && nextTick())
      await turns.settled()
    },

    /** Where the list stays after all. */
    refill(): void {
      for (const { clear } of parts.values()) turns.take(() => clear(false) && nextTick())
    },

    stop: (): void => observer?.disconnect(),
  }
}

export type Warmth = ReturnType<typeof createWarmth>
