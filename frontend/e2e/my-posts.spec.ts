import { known, unique } from './support/api'
import { expectAccessible } from './support/axe'
import { tabTo } from './support/keyboard'
import { expect, test, type Page } from './support/test'

const desk = async (page: Page, query = ''): Promise<void> => {
  await page.goto(`/write${query}`)
  await expect(page.getByRole('heading', { level: 1, name: 'My posts' })).toBeVisible()
}
const row = (page: Page, name: string) =>
  page.getByRole('main').getByRole('article').filter({ hasText: name })
const choose = async (page: Page, name: string, action: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

test('an author finds a post, puts it into the trash, and takes that back', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const author = await api.as(known('author'))
  const word = unique()
  const { slug } = await author.publish({ title: `Kept ${word}`, body: 'Read by many.' })
  await author.publish({ title: `Other ${unique()}`, body: 'Of something else.' })
  await signedIn(context, known('author'))
  await desk(page, '?status=published')
  await page.getByRole('searchbox', { name: 'Search by title' }).fill(word)
  await expect(page).toHaveURL(`/write?status=published&q=${word}`)
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(1)

  await choose(page, `Kept ${word}`, 'Move to trash')
  await expect(page.getByText(`“Kept ${word}” is in the trash.`)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No title has these words' })).toBeVisible()
  expect(await api.status(`/posts/${slug}`)).toBe(404)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row(page, `Kept ${word}`)).toBeVisible()
  expect(await api.status(`/posts/${slug}`)).toBe(200)

  await page.reload()
  await expect(page.getByRole('searchbox', { name: 'Search by title' })).toHaveValue(word)
  await expect(row(page, `Kept ${word}`)).toBeVisible()
})

test('several posts are published, archived, thrown away and deleted together', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const author = await api.as(known('author'))
  const word = unique()
  const slugs = await Promise.all(
    ['One', 'Two', 'Three'].map(async (name) => {
      const { slug } = await author.draft({ title: `${name} ${word}`, body: 'Words.' })
      return slug
    }),
  )
  const statuses = () => Promise.all(slugs.map((slug) => api.status(`/posts/${slug}`)))
  const all = async (tab: string, action: string): Promise<void> => {
    await page.getByRole('link', { name: tab, exact: true }).click()
    await page.getByRole('searchbox', { name: 'Search by title' }).fill(word)
    // Another question is another list, in which nothing is selected yet.
    await expect(page).toHaveURL(new RegExp(`[?&]q=${word}$`))
    await expect(page.getByRole('main').getByRole('article')).toHaveCount(3)
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await page
      .getByRole('group', { name: 'Actions for the selected' })
      .getByRole('button', { name: action })
      .click()
  }
  await signedIn(context, known('author'))
  await desk(page)
  await all('Drafts', 'Publish …')
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('3 posts are published.')).toBeVisible()
  expect(await statuses()).toEqual([200, 200, 200])
  await all('Published', 'Archive')
  await expect(page.getByText('3 posts are archived.')).toBeVisible()
  expect(await statuses()).toEqual([404, 404, 404])
  await all('Archived', 'Move to trash')
  await expect(page.getByText('3 posts are in the trash.')).toBeVisible()
  await all('Trash', 'Delete for good …')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('3 posts are deleted for good.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(0)
})

test('a copy is a draft of its own, and opens from the news of it', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const author = await api.as(known('author'))
  const name = `Pattern ${unique()}`
  await author.publish({ title: name, body: 'To be *copied*.', tags: ['maps'] })
  await signedIn(context, known('author'))
  await desk(page, '?status=published')
  await choose(page, name, 'Duplicate')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(page).toHaveURL(/\/write\/posts\/pattern-.*-copy$/)
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue(`${name} (copy)`)
})

test('all of it works by keyboard, and says what it is', async ({ page, context, api, signedIn }) => {
  const author = await api.as(known('author'))
  const name = `Typed ${unique()}`
  await author.draft({ title: name, body: 'Words.' })
  await signedIn(context, known('author'))
  await desk(page)
  await expectAccessible(page)
  await tabTo(page, page.getByRole('checkbox', { name: `Select ${name}` }))
  await page.keyboard.press('Space')
  await expect(page.getByText('1 selected')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: `Actions for ${name}` }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Move to trash' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText(`“${name}” is in the trash.`)).toBeVisible()
  await expectAccessible(page)
  await expect(page.locator(':focus')).toHaveCount(1)
  await tabTo(page, page.getByRole('button', { name: 'Undo' }))
  await page.keyboard.press('Enter')
  await expect(row(page, name)).toBeVisible()
})

test('an editor finds what waits for a review; an author has no such list', async ({
  page,
  context,
  api,
  signedIn,
  another,
}) => {
  const author = await api.as(known('author'))
  const name = `Submitted ${unique()}`
  const { slug } = await author.draft({ title: name, body: 'Is this good?' })
  await author.submit(slug)
  await signedIn(context, known('editor'))
  await desk(page)
  await page.getByRole('link', { name: 'To review' }).click()
  await expect(row(page, name)).toBeVisible()

  const other = await another()
  await signedIn(other, known('author'))
  const authors = await other.newPage()
  await desk(authors, '?status=submitted')
  await expect(authors.getByRole('link', { name: 'Drafts' })).toHaveAttribute('aria-current', 'page')
  await expect(authors.getByRole('link', { name: 'To review' })).toHaveCount(0)
})

test('there is room for it on a telephone', async ({ page, context, api, signedIn }) => {
  const author = await api.as(known('author'))
  const name = `A title that is long enough to need a second line on a telephone ${unique()}`
  await author.draft({ title: name, body: 'Words.' })
  await signedIn(context, known('author'))
  await page.setViewportSize({ width: 360, height: 740 })
  await desk(page)
  await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  const menu = await page.getByRole('menu').boundingBox()
  expect(menu).not.toBeNull()
  expect((menu?.x ?? 0) + (menu?.width ?? 0)).toBeLessThanOrEqual(360)
  await page.keyboard.press('Escape')
  await page
    .getByRole('group', { name: 'Actions for the selected' })
    .getByRole('button', { name: 'Move to trash' })
    .click()
  await expect(page.getByText(`“${name}” is in the trash.`)).toBeVisible()
})
