import type { Page } from './test'

declare global {
  interface Window {
    keyTimes?: number[]
  }
}

/**
 * From the next document on, notes for each key how long it took from the moment it was pressed until the frame that
 * shows it was painted: by a message that is sent from within that frame, and so is handled right after its painting.
 */
export async function watchTyping(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const times: number[] = []
    window.keyTimes = times
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key.length !== 1) return
        const pressed = event.timeStamp
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => times.push(performance.now() - pressed)
          port2.postMessage(null)
        })
      },
      { capture: true },
    )
  })
}

export const keyTimes = (page: Page): Promise<number[]> => page.evaluate(() => window.keyTimes ?? [])

/** The value below which this share of the times is. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN
}
