import { expect, test, type BrowserContext, type Page } from './support/test'
import { known, unique } from './support/api'
import { commentsWith, commentWith } from './support/people'

test.use({ serviceWorkers: 'allow' })

/** Until the worker answers for the page, and has what the program needs. */
const whenReady = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))
  })

/** What is kept on the device: whose answers, by which query. */
const keptRows = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('byline.kept')
        request.onerror = () => reject(new Error('no database'))
        request.onsuccess = () => {
          const database = request.result
          const keys = database.transaction('answers').objectStore('answers').getAllKeys()
          keys.onsuccess = () => {
            database.close()
            resolve(keys.result.map((key) => (Array.isArray(key) ? key.join(' ') : String(key))))
          }
        }
      }),
  )

async function openAgain(context: BrowserContext, page: Page, address: string): Promise<Page> {
  await page.close()
  const next = await context.newPage()
  await next.goto(address)
  return next
}

test('one reads offline, comments, and comes back: it is sent once', async ({
  page: first,
  context,
  api,
  signedIn,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/)
  const author = await api.as(known('author'))
  const read = await author.publish({ title: `Harbour ${unique()}`, body: 'The tide was **out**.' })
  const listed = await author.publish({ title: `Lantern ${unique()}`, body: 'A light for later.' })
  const unread = await author.publish({ title: `Elsewhere ${unique()}`, body: 'Not opened here.' })
  await author.comment(read.slug, 'Said before the line was cut.')
  const reader = await api.register()
  await (await api.as(reader)).keep(listed.slug)
  await signedIn(context, reader)

  await first.goto(`/posts/${read.slug}`)
  await whenReady(first)
  await first.locator('#comments').scrollIntoViewIfNeeded()
  await expect(commentWith(first, 'Said before the line was cut.')).toBeVisible()
  await expect.poll(async () => (await keptRows(first)).join('\n')).toContain(`["comments","${read.slug}"`)
  await first.goto('/reading-list')
  await expect(first.getByRole('link', { name: listed.title })).toBeVisible()
  await expect.poll(async () => (await keptRows(first)).join('\n')).toContain(`"detail","${listed.slug}"`)
  await expect.poll(async () => (await keptRows(first)).join('\n')).toContain('["bookmarks"]')

  const hasDocument = (address: string) => caches.match(address).then((found) => found !== undefined)
  await expect.poll(() => first.evaluate(hasDocument, `/posts/${read.slug}`)).toBe(true)

  await context.setOffline(true)
  let page = await openAgain(context, first, `/posts/${read.slug}`)
  await expect(page.getByRole('heading', { level: 1, name: read.title })).toBeVisible()
  await expect(page.getByText('The tide was out.')).toBeVisible()
  await expect(page.getByText('You are offline.')).toBeVisible()

  await page.goto('/reading-list')
  await page.getByRole('link', { name: listed.title }).click()
  await expect(page.getByText('A light for later.')).toBeVisible()
  await page.goto(`/posts/${unread.slug}`)
  await expect(page.getByRole('heading', { name: 'This isn’t kept on this device' })).toBeVisible()

  await page.goto(`/posts/${read.slug}#comments`)
  await expect(commentWith(page, 'Said before the line was cut.')).toBeVisible()
  await page.getByLabel('Your comment', { exact: true }).fill('Written on the ferry.')
  await page.getByRole('button', { name: 'Post the comment' }).click()
  await expect(commentWith(page, 'Written on the ferry.')).toContainText('Waits on this device')
  await expect(page.getByLabel('Your comment', { exact: true })).toHaveValue('')

  page = await openAgain(context, page, `/posts/${read.slug}#comments`)
  await expect(commentWith(page, 'Written on the ferry.')).toContainText('Waits on this device')
  const second = await context.newPage()
  await second.goto(`/posts/${read.slug}#comments`)
  await expect(commentWith(second, 'Written on the ferry.')).toContainText('Waits on this device')

  await context.setOffline(false)
  for (const tab of [page, second]) {
    await expect(commentsWith(tab, 'Written on the ferry.')).toHaveCount(1)
    await expect(commentWith(tab, 'Written on the ferry.')).not.toContainText('Waits on this device')
  }
  const bodies = (await author.comments(read.slug)).map(({ body }) => body)
  expect(bodies.filter((body) => body === 'Written on the ferry.')).toHaveLength(1)
  await expect(page.getByText('You are offline.')).toBeHidden()
})

test('what was refused meanwhile says why, and keeps the text', async ({
  page,
  context,
  api,
  signedIn,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /40\d|422/)
  const author = await api.as(known('author'))
  const post = await author.publish({ title: `Closing ${unique()}`, body: 'Hurry.' })
  await signedIn(context, await api.register())
  await page.goto(`/posts/${post.slug}#comments`)
  await whenReady(page)
  await expect(page.getByText('No comments yet.')).toBeVisible()

  await context.setOffline(true)
  await page.getByLabel('Your comment', { exact: true }).fill('Too late, perhaps.')
  await page.getByRole('button', { name: 'Post the comment' }).click()
  await expect(commentWith(page, 'Too late, perhaps.')).toContainText('Waits on this device')
  await author.change(post.slug, { comment_policy: 'closed' })
  await context.setOffline(false)

  const refused = commentWith(page, 'Too late, perhaps.')
  await expect(refused.getByRole('alert')).toContainText('This was not accepted')
  await expect(refused.getByRole('textbox')).toHaveValue('Too late, perhaps.')
})

test('signing out leaves nothing of a person on the device', async ({ page, context, api, signedIn }) => {
  const author = await api.as(known('author'))
  const post = await author.publish({ title: `Private hour ${unique()}`, body: 'Read and left.' })
  const reader = await api.register()
  await signedIn(context, reader)
  await page.goto(`/posts/${post.slug}`)
  await whenReady(page)
  await expect.poll(async () => (await keptRows(page)).filter((row) => !row.startsWith(' '))).not.toEqual([])

  await page.getByRole('button', { name: reader.username }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()

  await expect.poll(async () => (await keptRows(page)).filter((row) => !row.startsWith(' '))).toEqual([])
  await expect.poll(() => page.evaluate(() => caches.keys())).not.toContain('byline-documents')
})
