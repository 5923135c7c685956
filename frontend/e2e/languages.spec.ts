import { known } from './support/api'
import { expectAccessible } from './support/axe'
import { expectNoOverflow, painted } from './support/layout'
import { speakFromRightToLeft } from './support/pseudo'
import { expect, test } from './support/test'

const post = '/posts/how-long-is-a-coast'

test('a reader chooses German, which stays, and is told of errors in it', async ({ page, complaints }) => {
  const catalogues: string[] = []
  page.on('request', (request) => {
    const name = /\/assets\/(en|de)[.-][^/]*\.js$/.exec(request.url())?.[1]
    if (name) catalogues.push(name)
  })
  await page.goto(post)
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
  await expect(page.getByRole('combobox', { name: 'Sprache' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.getByRole('contentinfo').getByRole('link', { name: 'Archiv' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('region', { name: 'Diskussion' })).toBeVisible()
  expect(catalogues).toContain('de')
  // What is said about the post is marked as what it is, and the text as what it is.
  await expect(page.locator('article.post')).toHaveAttribute('lang', 'en')

  complaints.expect(/404/)
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anmelden')
  const answer = page.waitForResponse(/auth\/token/)
  complaints.expect(/401|400/)
  await page.getByLabel('Benutzername oder E-Mail').fill('ada')
  await page.getByLabel('Passwort', { exact: true }).fill('not it at all')
  await page.getByRole('button', { name: 'Anmelden', exact: true }).last().click()
  expect((await answer).headers()['content-language']).toBe('de')
  await expect(page.getByText('Kein Konto passt zu diesem Namen und Passwort.')).toBeVisible()
})

test('a reader of the publication’s language fetches no other', async ({ page }) => {
  const others: string[] = []
  page.on('request', (request) => {
    if (/\/assets\/de[.-][^/]*\.js$/.test(request.url())) others.push(request.url())
  })
  await page.goto('/')
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.goto(post)
  await page.getByRole('region', { name: 'Discussion' }).scrollIntoViewIfNeeded()
  await expect(page.getByRole('list', { name: 'Comments' })).toBeVisible()

  expect(others).toEqual([])
})

const everybody = [
  '/',
  post,
  '/archive',
  '/tags/sea',
  '/authors/ines',
  '/search?q=coast',
  '/sign-in',
  '/sign-up',
]
const members = ['/account', '/account/security', '/notifications', '/reading-list', '/write', '/write/new']

for (const width of [390, 1280]) {
  test.describe(`from right to left, ${width} px wide`, () => {
    test.use({ viewport: { width, height: 844 } })

    for (const [who, paths] of [
      ['everybody', everybody],
      ['members', members],
    ] as const) {
      test(`pages of ${who} stay in their frame, and axe finds nothing`, async ({
        page,
        context,
        signedIn,
      }) => {
        test.slow()
        if (who === 'members') await signedIn(context, known('author'))
        await speakFromRightToLeft(page)
        for (const path of paths) {
          await test.step(path, async () => {
            await page.goto(path)
            await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
            await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
            await expect(page.getByRole('contentinfo')).toContainText(/\p{Script=Arabic}/u)
            for (const colorScheme of ['light', 'dark'] as const) {
              await page.emulateMedia({ colorScheme })
              await painted(page)
              await expectNoOverflow(page)
              await expectAccessible(page)
            }
            if (process.env.RTL_PICTURES) {
              const name = `${path.replaceAll(/\W+/g, '-')}-${String(width)}.png`
              await page.screenshot({ path: `${process.env.RTL_PICTURES}/${name}`, fullPage: false })
            }
          })
        }
      })
    }
  })
}
