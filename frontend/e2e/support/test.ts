import { test as base, expect, type BrowserContext, type Locator, type Page } from '@playwright/test'

import { Api, type Account } from './api'
import { Secrets } from './secrets'
import { Complaints } from './watch'

interface Fixtures {
  /** What the browser must not complain about; see `Complaints.expect`. */
  complaints: Complaints
  /** The credentials of the test, which are looked for where none may be when it ends. */
  secrets: Secrets
  /** The API, anonymous. */
  api: Api
  /** Another browser profile, watched like the first. */
  another: () => Promise<BrowserContext>
  /** Signs a context in without its pages, as a person who was here before. */
  signedIn: (context: BrowserContext, account: Account) => Promise<void>
}

/** Whoever was never here before, and does nothing, gets the program late (build/begin.js). */
const wasHereBefore = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    try {
      localStorage.setItem('byline.e2e', '1')
    } catch {
      // Frames of others may keep nothing.
    }
  })

export const test = base.extend<Fixtures>({
  context: async ({ context }, use) => {
    await wasHereBefore(context)
    await use(context)
  },
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints()
      complaints.listenTo(context)
      await use(complaints)
      expect(complaints.unexpected(), 'what the browser complained about').toEqual([])
    },
    { auto: true },
  ],
  secrets: [
    async ({ context }, use) => {
      const secrets = new Secrets()
      secrets.listenTo(context)
      await use(secrets)
      expect(await secrets.misplaced(), 'credentials where none may be').toEqual([])
    },
    { auto: true },
  ],
  api: async ({ playwright, baseURL }, use) => {
    const request = await playwright.request.newContext({ baseURL: baseURL ?? '' })
    await use(new Api(request))
    await request.dispose()
  },
  another: async ({ browser, complaints, secrets, contextOptions, baseURL }, use) => {
    const opened: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL: baseURL ?? '' })
      await wasHereBefore(context)
      complaints.listenTo(context)
      secrets.listenTo(context)
      opened.push(context)
      return context
    })
    await Promise.all(opened.map((context) => context.close()))
  },
  signedIn: async ({ baseURL }, use) => {
    await use(async (context, { username, password }) => {
      const answer = await context.request.post('/api/v1/auth/token', { data: { username, password } })
      expect(answer.ok(), `signing in as ${username}: ${answer.status()}`).toBe(true)
      const origin = new URL(baseURL ?? '').origin
      await context.addInitScript(
        ([expected, hint]) => {
          // Only once, so that signing out is not undone by the next page.
          if (window.origin !== expected || sessionStorage.getItem('e2e')) return
          sessionStorage.setItem('e2e', '1')
          localStorage.setItem(hint ?? '', '1')
        },
        [origin, 'byline.session'],
      )
    })
  },
})

export { expect, type BrowserContext, type Locator, type Page }
