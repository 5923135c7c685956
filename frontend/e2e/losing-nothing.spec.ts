import { known, unique, type Api } from './support/api'
import { seeded, WebProcess } from './support/kills'
import { signIn } from './support/people'
import { expect, test, type BrowserContext, type Page } from './support/test'
import type { Complaints } from './support/watch'

/**
 * Nothing typed is lost. POINTS says at how many points something is killed (20; `make kills` takes 200), SEED which
 * ones. With REAL_KILLS the web process itself is killed, which nothing else on the same stack would like; otherwise
 * the browser meets the same answers from a route.
 */
const points = Number(process.env.POINTS ?? 20)
const seed = Number(process.env.SEED ?? 1)
const isReal = Boolean(process.env.REAL_KILLS)

/** What was typed this long before a kill is recoverable, in milliseconds. */
const promised = Number(process.env.PROMISED ?? 100)
const vocabulary = 'salt keeps what the sea gave and wind takes from glass while lamps burn low'.split(' ')

const field = (page: Page) => page.getByLabel('Text', { exact: true })
const state = (page: Page) => page.locator('.status')
const saved = (page: Page) => expect(state(page)).toHaveText('Saved', { timeout: 20_000 })
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** What the browser says when its tab, its network or its server is taken away. */
function expectTrouble(complaints: Complaints): void {
  complaints.expect(
    /ERR_|answer (401|404|412|502)/,
    /status of (401|404|412|502)/,
    /Target crashed|Failed to fetch/,
  )
}

/** A text that is typed key by key, with the moment at which the page had each. */
class Typing {
  text = ''
  private readonly keys: { length: number; at: number }[] = []

  constructor(private readonly random: () => number) {}

  async type(page: Page, count: number): Promise<void> {
    for (let typed = 0; typed < count;) {
      if (this.random() < 0.08 && this.text !== '') {
        for (let times = 0; times < 2; times += 1) await this.key(page, '\n')
      }
      const word = `${vocabulary[Math.floor(this.random() * vocabulary.length)]}${Math.floor(this.random() * 1000)} `
      for (const letter of word.slice(0, count - typed)) await this.key(page, letter)
      typed += word.length
    }
  }

  /** What is promised to be there after a kill at this moment. */
  promisedAt(moment: number): string {
    const last = this.keys.findLast(({ at }) => at <= moment - promised)
    return this.text.slice(0, last?.length ?? 0)
  }

  /** Goes on from what was there after a kill. */
  goOn(text: string): void {
    this.text = text
    this.keys.splice(0, Infinity, { length: text.length, at: 0 })
  }

  private async key(page: Page, letter: string): Promise<void> {
    await page.keyboard.press(letter === '\n' ? 'Enter' : letter === ' ' ? 'Space' : letter)
    this.text += letter
    this.keys.push({ length: this.text.length, at: Date.now() })
  }
}

interface Scene {
  readonly context: BrowserContext
  author: Api
  readonly slug: string
  readonly typing: Typing
  readonly random: () => number
}

async function open({ context, slug }: Scene): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`/write/posts/${slug}`)
  await page
    .getByLabel(/^(Text|Username or e-mail)$/)
    .first()
    .waitFor()
  if (!(await field(page).isVisible())) {
    const { username, password } = known('author')
    await signIn(page, username, password)
  }
  await field(page).click()
  await page.keyboard.press('Control+End')
  return page
}

/** The tab dies: its process crashes, or it is closed without a word. */
async function killTab(page: Page, { random, context }: Scene): Promise<void> {
  if (random() < 0.5) return page.close({ runBeforeUnload: false })
  const crashed = page.waitForEvent('crash')
  const devtools = await context.newCDPSession(page)
  // Nothing answers a command that ends who should answer it.
  void devtools.send('Page.crash').catch(() => undefined)
  await crashed
  await page.close()
}

type Trouble = (page: Page, scene: Scene) => Promise<() => Promise<void>>

const web = new WebProcess(process.env.BACKEND_URL ?? 'http://127.0.0.1:8000')
test.afterAll(() => web.stop())

/** What is taken away; the answer brings it back. */
const troubles: Record<string, Trouble> = {
  tab: () => Promise.resolve(() => Promise.resolve()),
  async server(_, { context, random }) {
    if (isReal) return web.kill()
    const isGone = random() < 0.5
    const pattern = '**/api/v1/**'
    await context.route(pattern, (route) =>
      isGone ? route.abort('connectionrefused') : route.fulfill({ status: 502, body: '' }),
    )
    return () => context.unroute(pattern)
  },
  async network(_, { context }) {
    await context.setOffline(true)
    return () => context.setOffline(false)
  },
  async session(_, { context }) {
    // As if it had been ended from another device: the page is not told.
    const answer = await context.request.post('/api/v1/auth/sign-out', { data: {} })
    expect(answer.ok()).toBe(true)
    return () => Promise.resolve()
  },
}

async function signInAgain(page: Page): Promise<void> {
  await state(page).getByRole('link', { name: 'Sign in' }).click()
  const { username, password } = known('author')
  await signIn(page, username, password)
}

/** One point: types, takes something away, goes on typing or not, and looks for what was typed. */
async function point(page: Page, kind: string, scene: Scene): Promise<Page> {
  const { typing, random, author, slug } = scene
  await typing.type(page, 20 + Math.floor(random() * 120))
  // Also in the middle of a save, which begins 1.5 s after a key.
  await pause([0, 0, 40, 150, 1_480, 1_550, 2_500][Math.floor(random() * 7)] ?? 0)
  const bringBack = await (troubles[kind] ?? troubles.tab)?.(page, scene)
  if (kind !== 'tab') await typing.type(page, 20 + Math.floor(random() * 60))
  const diesToo = kind === 'tab' || random() < 0.5
  const moment = Date.now()
  if (diesToo) await killTab(page, scene)
  await bringBack?.()
  if (diesToo) page = await open(scene)
  else if (kind === 'session') {
    await typing.type(page, 5)
    await signInAgain(page)
  }
  await saved(page)
  const { body } = await author.post(slug)
  const promise = diesToo ? typing.promisedAt(moment) : typing.text
  expect(body.slice(0, promise.length), 'what was typed').toBe(promise)
  expect(typing.text.slice(0, body.length), 'nothing else').toBe(body)
  typing.goOn(body)
  await field(page).click()
  await page.keyboard.press('Control+End')
  return page
}

test(`everything typed is recoverable, whatever is killed (${points} points, seed ${seed})`, async ({
  context,
  api,
  signedIn,
  complaints,
}) => {
  test.setTimeout(60_000 + points * 30_000)
  expectTrouble(complaints)
  const author = await api.as(known('author'))
  const { slug } = await author.draft({ title: `Long ${unique()}`, body: '' })
  await signedIn(context, known('author'))
  const random = seeded(seed)
  const scene: Scene = { context, author, slug, random, typing: new Typing(random) }
  let page = await open(scene)
  const kinds = Object.keys(troubles)
  for (let count = 1; count <= points; count += 1) {
    const kind = kinds[Math.floor(random() * kinds.length)] ?? 'tab'
    await test.step(`${count}: ${kind}`, async () => {
      // Its access token ends after ten minutes.
      if (count % 20 === 0) scene.author = await api.as(known('author'))
      page = await point(page, kind, scene)
    })
  }
})

test('a post whose making was not answered is made once', async ({ context, api, signedIn, complaints }) => {
  expectTrouble(complaints)
  const name = `Once ${unique()}`
  await signedIn(context, known('author'))
  let page = await context.newPage()
  await page.goto('/write/new')
  const answered = new Promise<void>((resolve) => {
    void context.route('**/api/v1/posts', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      await route.fetch()
      resolve()
    })
  })
  await page.getByLabel('Title', { exact: true }).fill(name)
  await answered
  await page.close({ runBeforeUnload: false })
  await context.unroute('**/api/v1/posts')
  page = await context.newPage()
  await page.goto('/write/new')
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue(name)
  await expect(page.locator('.notice')).toContainText('Your unsaved text is back.')
  await saved(page)
  const author = await api.as(known('author'))
  expect(await author.titled(name)).toBe(1)
})

test('two tabs that change different paragraphs end with both edits', async ({
  page,
  context,
  api,
  signedIn,
  complaints,
}) => {
  expectTrouble(complaints)
  const author = await api.as(known('author'))
  const { slug } = await author.draft({ title: `Both ${unique()}`, body: 'One.\n\nTwo.\n\nThree.' })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  const other = await context.newPage()
  await other.goto(`/write/posts/${slug}`)
  await field(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('First: ')
  await saved(page)
  await field(other).click()
  await other.keyboard.press('Control+End')
  await other.keyboard.type(' Last.')
  await expect(other.locator('.notice')).toContainText('Changes from another tab or device of yours')
  await saved(other)
  expect((await author.post(slug)).body).toBe('First: One.\n\nTwo.\n\nThree. Last.')
  await other.keyboard.type(' The cursor stayed.')
  await saved(other)
  expect((await author.post(slug)).body).toBe('First: One.\n\nTwo.\n\nThree. Last. The cursor stayed.')
})

test('two tabs that write the same paragraph anew end in the choice, with both texts kept', async ({
  page,
  context,
  api,
  signedIn,
  complaints,
}) => {
  expectTrouble(complaints)
  const author = await api.as(known('author'))
  const { slug } = await author.draft({ title: `Contested ${unique()}`, body: 'As it was.\n\nThe rest.' })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  const other = await context.newPage()
  await other.goto(`/write/posts/${slug}`)
  await field(page).fill('The first tab wrote it anew.\n\nThe rest.')
  await saved(page)
  await field(other).fill('Nobody asked the second one.\n\nThe rest.')
  const choice = other.getByRole('region', { name: 'Somebody else changed the same part' })
  await expect(choice).toContainText('The first tab wrote it anew.')
  await expect(choice).toContainText('Nobody asked the second one.')
  await expect(field(other)).toContainText('Nobody asked the second one.')
  expect((await author.post(slug)).body).toContain('The first tab wrote it anew.')
  await choice.getByRole('radio', { name: 'Take theirs' }).check()
  await choice.getByRole('button', { name: 'Go on with this' }).click()
  await saved(other)
  expect((await author.post(slug)).body).toBe('The first tab wrote it anew.\n\nThe rest.')
  const history = await author.history(slug)
  expect(history).toContain('The first tab wrote it anew.\n\nThe rest.')
  expect(history).toContain('Nobody asked the second one.\n\nThe rest.')
})
