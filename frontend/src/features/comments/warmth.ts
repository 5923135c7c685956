import { nextTick } from 'vue'

import type { Turns } from './turns'

/** How far beyond what is in sight comments are kept ready, in heights of the window. */
const reach = 2

interface Place {
  readonly onNear: (near: boolean) => void
  /** Comes to life, wherever it is. */
  readonly wake: () => void
  /** Takes away what it shows, which is that high, or brings it back; answers whether there was any. */
  readonly clear: (wanted: boolean, height?: number) => boolean
}

/**
 * Which parts of a long list are near to what is in sight. Only those are kept with all that one can do with them; the
 * others are there as mere text. A list of one group is kept ready as a whole.
 */
export function createWarmth(turns: Turns) {
  const places = new Map<Element, Place>()
  const groups = new Map<Element, Place>()
  const isLong = (): boolean => groups.size > 1
  const observer =
    typeof IntersectionObserver === 'undefined'
      ? undefined
      : new IntersectionObserver(
          (entries) => {
            for (const { target, isIntersecting } of entries)
              if (isIntersecting || isLong()) places.get(target)?.onNear(isIntersecting)
          },
          { rootMargin: `${reach * 100}% 0px` },
        )

  function observe(element: Element): void {
    observer?.unobserve(element)
    observer?.observe(element)
  }

  /** Tells whenever the place comes near or gets far. Answers how to stop that. */
  function watch(element: Element, place: Place): () => void {
    places.set(element, place)
    observe(element)
    return () => {
      places.delete(element)
      observer?.unobserve(element)
    }
  }

  /** Everything is looked at before anything changes, so that the browser lays out the page once. */
  const unseen = (): [Place, number][] =>
    [...places].flatMap(([element, place]) => {
      const { top, bottom, height } = element.getBoundingClientRect()
      return groups.has(element) || (bottom >= 0 && top <= window.innerHeight) ? [] : [[place, height]]
    })

  /** Whoever waits for the last of the turns goes on apart from it. */
  async function inNewTask(): Promise<void> {
    await turns.settled()
    if (places.size > 0) await new Promise((resolve) => window.setTimeout(resolve))
  }

  return {
    isNear(element: Element): boolean {
      if (!observer || !isLong()) return true
      const { top, bottom } = element.getBoundingClientRect()
      return bottom >= -reach * window.innerHeight && top <= (1 + reach) * window.innerHeight
    },

    watch,

    watchGroup(element: Element, group: Place): () => void {
      groups.set(element, group)
      // The list has become long: what was kept ready wherever it is may rest, too.
      if (groups.size === 2) for (const known of places.keys()) observe(known)
      const stop = watch(element, group)
      return () => {
        groups.delete(element)
        stop()
      }
    },

    /** What holds this comes to life, wherever it is. */
    wake(element: Element | null | undefined): void {
      for (const kind of ['.chunk-group', '.chunk']) {
        const place = element?.closest(kind)
        if (place) places.get(place)?.wake()
      }
    },

    /** Empties what is far away group by group, before the list goes as a whole: that would take long. */
    async clear(): Promise<void> {
      for (const { clear } of groups.values()) turns.take(() => clear(true) && nextTick())
      await inNewTask()
    },

    /** Empties what is near and not in sight as well: for the last moment, since one may look there the next. */
    async clearUnseen(): Promise<void> {
      for (const [place, height] of unseen()) turns.take(() => place.clear(true, height) && nextTick())
      await inNewTask()
    },

    /** Where the list stays after all. */
    refill(): void {
      for (const { clear } of places.values()) turns.take(() => clear(false) && nextTick())
    },

    stop: (): void => observer?.disconnect(),
  }
}

export type Warmth = ReturnType<typeof createWarmth>
