/** How long the parts that are built in one task may take together, in milliseconds. */
const atOnce = 10

type Job = () => unknown

/**
 * Lets the parts of a long list be built one after the other, a few in each task, so that keys, clicks and scrolling
 * come in between.
 */
export function createTurns() {
  const urgent: Job[] = []
  const waiting: Job[] = []
  let done: (() => void)[] = []
  let working = false

  const next = (): Job | undefined => urgent.shift() ?? waiting.shift()

  async function step(): Promise<void> {
    const until = performance.now() + atOnce
    for (let job = next(); job; job = next()) {
      await job()
      if (performance.now() < until) continue
      window.setTimeout(() => void step())
      return
    }
    working = false
    const told = done
    done = []
    told.forEach((tell) => tell())
  }

  return {
    /**
     * The first in line is done at once; what the job waits for must come within the same task. Answers how to step
     * out of the line again. What `isUrgent` has a line of its own, which goes first.
     */
    take(job: Job, isUrgent = false): () => void {
      const line = isUrgent ? urgent : waiting
      line.push(job)
      if (!working) {
        working = true
        void step()
      }
      return () => {
        const at = line.indexOf(job)
        if (at >= 0) line.splice(at, 1)
      }
    },

    /** Once nobody waits any more. */
    settled: (): Promise<void> =>
      working ? new Promise((resolve) => done.push(resolve)) : Promise.resolve(),
  }
}

export type Turns = ReturnType<typeof createTurns>
