/**
 * Lets the parts of a long list be built one after the other, each in a task of its own, so that keys, clicks and
 * scrolling come in between.
 */
export function createTurns() {
  const waiting: (() => void)[] = []
  let done: (() => void)[] = []
  let working = false

  function step(): void {
    const job = waiting.shift()
    if (job) {
      job()
      window.setTimeout(step)
      return
    }
    working = false
    const told = done
    done = []
    told.forEach((tell) => tell())
  }

  return {
    /** The first in line is done at once. Answers how to step out of the line again. */
    take(job: () => void): () => void {
      waiting.push(job)
      if (!working) {
        working = true
        step()
      }
      return () => {
        const at = waiting.indexOf(job)
        if (at >= 0) waiting.splice(at, 1)
      }
    },

    /** Once nobody waits any more. */
    settled: (): Promise<void> =>
      working ? new Promise((resolve) => done.push(resolve)) : Promise.resolve(),
  }
}

export type Turns = ReturnType<typeof createTurns>
