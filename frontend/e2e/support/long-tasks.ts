import type { Page } from './test'

declare global {
  interface Window {
    longTasks?: PerformanceObserver
    longTimes?: number[]
  }
}

/** Tasks of the page's main thread that took longer than 50 ms, while the processor is as slow as one wants it. */
export class LongTasks {
  private constructor(
    private readonly page: Page,
    private readonly setRate: (rate: number) => Promise<void>,
  ) {}

  /** From the next document on. */
  static async of(page: Page): Promise<LongTasks> {
    await page.addInitScript(() => {
      const times: number[] = []
      const note = (entries: PerformanceEntryList): void =>
        entries.forEach(({ duration }) => times.push(duration))
      const observer = new PerformanceObserver((list) => note(list.getEntries()))
      observer.observe({ type: 'longtask', buffered: true })
      window.longTasks = observer
      window.longTimes = times
    })
    const session = await page.context().newCDPSession(page)
    const setRate = async (rate: number): Promise<void> => {
      await session.send('Emulation.setCPUThrottlingRate', { rate })
    }
    return new LongTasks(page, setRate)
  }

  /** How long the longest task took while something was done at that many times the processor's time; 0 for none. */
  async during(rate: number, doing: () => Promise<void>): Promise<number> {
    await this.taken()
    await this.setRate(rate)
    try {
      await doing()
      await this.idle()
    } finally {
      await this.setRate(1)
    }
    return Math.max(0, ...(await this.taken()))
  }

  private async idle(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let times = 0; times < 3; times += 1) await new Promise((resolve) => requestIdleCallback(resolve))
    })
  }

  private taken(): Promise<number[]> {
    return this.page.evaluate(() => {
      const left = window.longTasks?.takeRecords() ?? []
      return [...(window.longTimes?.splice(0) ?? []), ...left.map(({ duration }) => duration)]
    })
  }
}
