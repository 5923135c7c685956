import { known, unique } from './support/api'
import { expectSoon } from './support/soon'
import { expect, test, type Page } from './support/test'

const title = (page: Page) => page.getByLabel('Title', { exact: true })
const text = (page: Page) => page.getByLabel('Text', { exact: true })
const state = (page: Page) => page.locator('.status')
const saved = (page: Page) => expect(state(page)).toHaveText('Saved')

async function update(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Update', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Update the post' }).click()
  await saved(page)
}

test('an author writes, previews and publishes, and changes it later', async ({
  page,
  context,
  signedIn,
  another,
}) => {
  const name = `Salt ${unique()}`
  await signedIn(context, known('author'))
  await page.goto('/write')
  await expect(page.getByRole('heading', { level: 1, name: 'My posts' })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Write a new post' }).first().click()
  await title(page).fill(name)
  await text(page).fill('Salt keeps.\n\n## How it is won\n\nBy *waiting*.')
  await saved(page)
  await expect(page).toHaveURL(/\/write\/posts\/salt-/)
  await page.getByRole('button', { name: 'Preview' }).click()
  const preview = page.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('heading', { name: 'How it is won' })).toBeVisible()
  await expect(preview.locator('em')).toHaveText('waiting')
  await page.getByLabel('Excerpt').fill('On patience.')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByRole('button', { name: 'Update', exact: true })).toBeVisible()

  const reader = await (await another()).newPage()
  const slug = new URL(page.url()).pathname.replace('/write/posts/', '')
  await reader.goto(`/posts/${slug}`)
  await expect(reader.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(reader.getByText('On patience.')).toBeVisible()

  await page.goto(`/posts/${slug}`)
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(text(page)).toContainText('Salt keeps')
  await text(page).fill('Salt keeps, mostly.')
  await expect(state(page)).toHaveText('Saved; readers don’t see it yet')
  await reader.reload()
  await expect(reader.getByText('Salt keeps.')).toBeVisible()
  await update(page)
  await expectSoon(reader, reader.getByText('Salt keeps, mostly.'))
})

test('text that could not be saved is there after a reload', async ({
  page,
  context,
  api,
  signedIn,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/)
  const author = await api.as(known('author'))
  const { slug } = await author.draft({ title: `Kept ${unique()}`, body: 'Before.' })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  await expect(text(page)).toHaveText('Before.')
  let offline = true
  await page.route(`**/api/v1/posts/${slug}`, (route) =>
    offline && route.request().method() === 'PATCH' ? route.abort('failed') : route.fallback(),
  )
  await text(page).fill('Before. And after.')
  await expect(state(page)).toHaveText(/kept on this device/)
  await page.reload()
  await expect(page.getByRole('strong').filter({ hasText: 'Your unsaved text is back.' })).toBeVisible()
  await expect(text(page)).toHaveText('Before. And after.')
  expect((await author.post(slug)).body).toBe('Before.')
  offline = false
  await page.getByRole('button', { name: 'Keep it' }).click()
  await text(page).press('Control+s')
  await saved(page)
  expect((await author.post(slug)).body).toBe('Before. And after.')
})

test('a reader is told that writing is for authors', async ({ page, context, api, signedIn }) => {
  await signedIn(context, await api.register())
  await page.goto('/write/new')
  await expect(page.getByRole('heading', { name: 'This is for authors' })).toBeVisible()
})

test('an editor features a post, and it leads the front page', async ({
  page,
  context,
  api,
  signedIn,
  another,
}) => {
  const author = await api.as(known('author'))
  const name = `Leading ${unique()}`
  const { slug } = await author.publish({ title: name, body: 'In front.' })
  await signedIn(context, known('editor'))
  await page.goto(`/posts/${slug}`)
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Feature on the front page').check()
  await saved(page)
  await expect.poll(async () => (await author.post(slug)).version).toBeGreaterThan(2)
  const reader = await (await another()).newPage()
  await reader.goto('/')
  await expectSoon(reader, reader.getByRole('region', { name: 'Lead story' }).getByRole('heading', { name }))
  await (await api.as(known('editor'))).change(slug, { featured: false })
})
