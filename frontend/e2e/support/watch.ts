import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test'

/** What a browser complains about. Every test ends with none of it, but for what it has said it expects. */
export class Complaints {
  private readonly found: string[] = []
  private readonly expected: RegExp[] = []

  /** A complaint that belongs to the test: a wrong password is answered with 401, and Chromium logs it. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns)
  }

  /** Listens to every page of a context, those that it opens later too. */
  listenTo(context: BrowserContext): void {
    context.on('page', (page) => this.listenToPage(page))
    context.on('console', (message) => this.hear(message))
    context.on('weberror', (error) =>
      this.found.push(`uncaught: ${error.error().stack ?? error.error().message}`),
    )
  }

  /** All that was not expected. */
  unexpected(): string[] {
    return this.found.filter((line) => !this.expected.some((pattern) => pattern.test(line)))
  }

  private hear(message: ConsoleMessage): void {
    if (!['error', 'warning'].includes(message.type())) return
    // Most journeys go without one, as playwright.config.ts says.
    if (message.text() === 'Service Worker registration blocked by Playwright') return
    this.found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
  }

  private listenToPage(page: Page): void {
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? ''
      // A page that is left, or a query that nobody waits for any more, takes its requests back.
      if (reason !== 'net::ERR_ABORTED') this.found.push(`request failed: ${request.url()} ${reason}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 400) this.found.push(`answer ${response.status()}: ${response.url()}`)
    })
  }
}
