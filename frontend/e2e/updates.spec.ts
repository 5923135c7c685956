import type { Answer } from '../src/worker/messages'
import { editor, expectText, typeInEditor } from './support/editor'
import { known, unique } from './support/api'
import { expect, test as base, type Page } from './support/test'
import { Upgrading } from './support/upgrading'

/** The site, which can get another version of the program in the middle of a test. */
const test = base.extend<{ site: Upgrading }>({
  site: async ({}, use) => {
    const site = new Upgrading(process.env.BASE_URL ?? 'http://127.0.0.1:8000')
    await use(site)
    await site.stop()
  },
  baseURL: async ({ site }, use) => use(await site.start()),
  serviceWorkers: 'allow',
})

const whenControlled = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))
  })

/** What the worker knows of a page. */
const askOf = (page: Page): Promise<Answer> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data)
        navigator.serviceWorker.controller?.postMessage({ type: 'ask' }, [port2])
      }),
  )

/** In milliseconds: what Chromium gives an old worker to finish, and some more. */
const longest = 330_000

/** Which version answers for a page. */
const versionOf = async (page: Page): Promise<string> => (await askOf(page)).version

const isWaiting = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    return Boolean(registration?.installing ?? registration?.waiting)
  })

/**
 * Waits for that version, past the page's beginning anew. Only then is the worker asked: one that is asked again and
 * again has always something to do, and is not relieved before it has nothing. Chromium may take five minutes for it,
 * where what another tab asks comes at the wrong moment (`startWorker`).
 */
async function expectVersion(page: Page, version: string): Promise<void> {
  test.setTimeout(test.info().timeout + longest)
  await expect.poll(() => isWaiting(page).catch(() => true), { timeout: longest }).toBe(false)
  await expect.poll(() => versionOf(page).catch(() => 'on its way')).toBe(version)
}

/** Looks for a new version now, as the browser does by itself at a navigation, and the program every hour. */
const look = (page: Page) =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update()
  })

const offer = (page: Page) => page.getByText('A newer version of this site is ready.')
const comment = (page: Page) => page.getByLabel('Your comment', { exact: true })

test('a new version is offered, taken when asked for, and costs nothing that was typed', async ({
  page,
  context,
  api,
  signedIn,
  site,
}) => {
  test.slow()
  const author = await api.as(known('author'))
  const here = await author.publish({ title: `Here ${unique()}`, body: 'One.' })
  const there = await author.publish({ title: `There ${unique()}`, body: 'Two.' })
  await signedIn(context, await api.register())
  await page.goto(`/posts/${here.slug}#comments`)
  await whenControlled(page)
  const before = await versionOf(page)
  await comment(page).fill('Half a sentence')
  const other = await context.newPage()
  await other.goto(`/posts/${there.slug}#comments`)
  await comment(other).fill('Another half')

  const next = site.upgrade(before)
  await look(page)
  await expect(offer(page)).toBeVisible()
  await expect(offer(other)).toBeVisible()
  expect(await versionOf(page)).toBe(before)

  await page.getByRole('button', { name: 'Use it now' }).click()
  await expectVersion(page, next)
  await expect(offer(page)).toBeHidden()
  await expect(comment(page)).toHaveValue('Half a sentence')

  // The other one goes on as it was, parts of the old program included, until one asks there too.
  await expect(offer(other)).toBeVisible()
  await expect(comment(other)).toHaveValue('Another half')
  await other.getByRole('button', { name: 'Preview' }).click()
  await expect(other.getByRole('paragraph').filter({ hasText: 'Another half' })).toBeVisible()
  await other.getByRole('button', { name: 'Use it now' }).click()
  await expect(offer(other)).toBeHidden()
  await expect(comment(other)).toHaveValue('Another half')
})

test('whoever asks for nothing has the new version at the next visit', async ({
  page,
  context,
  api,
  signedIn,
  site,
}) => {
  test.slow()
  const { slug } = await (await api.as(known('author'))).publish({ title: `Later ${unique()}`, body: 'One.' })
  await signedIn(context, await api.register())
  await page.goto(`/posts/${slug}#comments`)
  await whenControlled(page)
  const before = await versionOf(page)
  await comment(page).fill('For tomorrow')
  const next = site.upgrade(before)
  await look(page)
  await expect(offer(page)).toBeVisible()

  await page.goto(`/posts/${slug}#comments`)
  expect(await versionOf(page)).toBe(before)
  await page.close()
  // A browser takes its time to see that the last page is closed, and that the worker has nothing to do any more.
  let again = page
  await expect(async () => {
    again = await context.newPage()
    await again.goto(`/posts/${slug}#comments`)
    await whenControlled(again)
    const version = await versionOf(again)
    if (version !== next) await again.close()
    expect(version).toBe(next)
  }).toPass({ timeout: 40_000, intervals: [1_000, 3_000, 6_000] })
  await expect(comment(again)).toHaveValue('For tomorrow')
})

test('a page that is on its way while another tab takes the new version is offered it too', async ({
  page,
  context,
  site,
}) => {
  test.slow()
  await page.goto('/')
  await whenControlled(page)
  const before = await versionOf(page)
  const late = await context.newPage()
  // What follows once a page stands does not come before it is let.
  await late.addInitScript(() => {
    const waiting: IdleRequestCallback[] = []
    window.requestIdleCallback = (callback) => waiting.push(callback)
    window.addEventListener('let-go', () =>
      waiting.splice(0).forEach((callback) => callback({ didTimeout: true, timeRemaining: () => 0 })),
    )
  })
  await late.goto('/')
  await late.waitForLoadState('load')

  const next = site.upgrade(before)
  await look(page)
  await page.getByRole('button', { name: 'Use it now' }).click()
  await expectVersion(page, next)
  expect(await versionOf(late)).toBe(next)
  await late.evaluate(() => window.dispatchEvent(new Event('let-go')))
  await expect(offer(late)).toBeVisible()
  await Promise.all([late.waitForEvent('load'), late.getByRole('button', { name: 'Use it now' }).click()])
  expect(await askOf(late)).toMatchObject({ version: next, isOlder: false })
})

test('an author who writes keeps every letter when another tab takes the new version', async ({
  page,
  context,
  signedIn,
  site,
}) => {
  test.slow()
  await signedIn(context, known('author'))
  const reading = await context.newPage()
  await reading.goto('/')
  await whenControlled(reading)
  const before = await versionOf(reading)
  await page.goto('/write/new')
  await page.getByLabel('Title', { exact: true }).fill(`Upgraded ${unique()}`)
  await typeInEditor(page, 'Letters before, ')

  const next = site.upgrade(before)
  await look(reading)
  await expect(offer(page)).toBeVisible()
  await reading.getByRole('button', { name: 'Use it now' }).click()
  await expectVersion(reading, next)
  await typeInEditor(page, 'and letters after.')
  await expectText(page, 'Letters before, and letters after.')
  await expect(offer(page)).toBeVisible()
  await page.getByRole('button', { name: 'Use it now' }).click()
  await expect(offer(page)).toBeHidden()
  await expect(editor(page)).toBeVisible()
  await expectText(page, 'Letters before, and letters after.')
})
