import { expectAccessible } from './support/axe'
import { known, unique, type Api } from './support/api'
import { expectSoon } from './support/soon'
import { expect, test, type Page } from './support/test'

const gone = (page: Page) => page.getByRole('heading', { level: 1, name: 'This post was taken back' })

/** A post that was there, and was put into the trash before anybody came to read it. */
async function trashed(api: Api): Promise<string> {
  const author = await api.as(known('author'))
  const { slug } = await author.publish({ title: `Leaving ${unique()}`, body: 'Read this soon.' })
  await author.trash(slug)
  return slug
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })
    test.beforeEach(({ complaints }) => complaints.expect(/\.js csp$/))

    test('a post in the trash is gone: the page says so, and leads on', async ({ page, api, complaints }) => {
      complaints.expect(/\b410\b/)
      const slug = await trashed(api)

      const answer = await page.goto(`/posts/${slug}`)
      expect(answer?.status()).toBe(410)
      expect(answer?.headers()['x-robots-tag']).toBe('noindex')
      await expect(gone(page)).toBeVisible()
      await expect(page.getByText('Read this soon.')).toBeHidden()
      await page.getByRole('main').getByRole('link', { name: 'To the front page' }).click()
      await expect(page).toHaveURL('/')
      await expect(page.getByRole('main').getByRole('article').first()).toBeVisible()
    })

    test('what never was there is missing, and can be looked for', async ({ page, complaints }) => {
      complaints.expect(/\b404\b/)
      const answer = await page.goto(`/posts/never-${unique()}`)
      expect(answer?.status()).toBe(404)
      await page.getByRole('main').getByRole('searchbox').fill('coast')
      await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
      await expect(page).toHaveURL('/search?q=coast')
      await expect(page.getByRole('list', { name: 'Results' }).getByRole('article').first()).toBeVisible()
    })

    test('an old address leads to the one of today', async ({ page, api }) => {
      const author = await api.as(known('author'))
      const { slug, title } = await author.publish({ title: `Moving ${unique()}`, body: 'Same words.' })
      const next = `moved-${unique()}`
      await author.change(slug, { slug: next })

      const redirects: number[] = []
      page.on('response', (answer) => {
        if (new URL(answer.url()).pathname === `/posts/${slug}`) redirects.push(answer.status())
      })
      await page.goto(`/posts/${slug}?utm_source=letter#comments`)
      await expect(page).toHaveURL(new RegExp(`/posts/${next}\\b.*#comments$`))
      expect(redirects).toEqual([301])
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    })
  })
}

test('a post that goes while it is read somewhere is gone for the next one who comes', async ({
  page,
  api,
  complaints,
}) => {
  complaints.expect(/\b410\b/)
  const author = await api.as(known('author'))
  const { slug, title } = await author.publish({ title: `Leaving ${unique()}`, body: 'Read this soon.' })
  await page.goto(`/posts/${slug}`)
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await author.trash(slug)
  await expectSoon(page, gone(page))
})

test('links that are older than what they lead to lead on, or say that it may be gone', async ({
  page,
  api,
  complaints,
}) => {
  // The API does not tell what is gone from what never was.
  complaints.expect(/\b404\b/)
  const author = await api.as(known('author'))
  const away = await author.publish({ title: `Away ${unique()}`, body: 'Not for long.' })
  const moving = await author.publish({ title: `Moving ${unique()}`, body: 'Same words.' })
  await page.goto(`/authors/${known('author').username}`)
  await expectSoon(page, page.getByRole('link', { name: moving.title }))
  const next = `moved-${unique()}`
  await author.change(moving.slug, { slug: next })
  await author.trash(away.slug)

  await page.getByRole('link', { name: moving.title }).click()
  await expect(page.getByText('Same words.')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/posts/${next}$`))
  await page.goBack()
  await page.getByRole('link', { name: away.title }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such post' })).toBeVisible()
  await expect(page.getByText('It may have been taken back')).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
})
