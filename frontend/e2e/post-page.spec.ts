import AxeBuilder from '@axe-core/playwright'

import { known, unique, type Api } from './support/api'
import { expectNoOverflow } from './support/layout'
import { expect, test } from './support/test'

const body = `Two logbooks were kept.[^1] ${'One says what the other leaves out. '.repeat(8)}

## Lamps

\`\`\`python
print("fog")
\`\`\`

## Columns

| Date | ${Array.from({ length: 9 }, (_, place) => `Remarks of inspector ${place + 1}`).join(' | ')} |
|---|${'---|'.repeat(9)}
| 1 March | ${'nothing to speak of | '.repeat(9)}

## Nights

${'The lamp is lit, the fog comes in, and nobody answers.\n\n'.repeat(30)}
It is told [elsewhere](https://example.org/log).

[^1]: The second one in a *biscuit tin*.
`

/** Two parts of a series of their own; the slug of the first. */
async function publishSeries(api: Api): Promise<{ slug: string; name: string }> {
  const author = await api.as(known('author'))
  const name = unique()
  const series = `Letters ${name}`
  const { slug } = await author.publish({ title: `First ${name}`, body, series, tags: [`ink-${name}`] })
  await author.publish({ title: `Second ${name}`, body: 'Short.', series })
  await author.publish({ title: `Akin ${name}`, body: 'Short.', tags: [`ink-${name}`] })
  return { slug, name }
}

test('a footnote opens where one reads, by keyboard, and closes', async ({ page, api }) => {
  const { slug } = await publishSeries(api)
  await page.goto(`/posts/${slug}`)
  const sign = page.getByRole('link', { name: 'Footnote 1' })
  const note = page.getByRole('note', { name: 'Footnote 1' })
  // The page can be read before it can do anything: only then a press is more than following a link.
  await expect(async () => {
    await sign.press('Enter')
    await expect(note).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(note).toContainText('The second one in a biscuit tin.')
  await expect(sign).toHaveAttribute('aria-expanded', 'true')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  await sign.press('Escape')
  await expect(note).toHaveCount(0)
  await expect(sign).toBeFocused()
})

test('a post leads on: to its series, what is akin, and what stands beside it', async ({ page, api }) => {
  const { slug, name } = await publishSeries(api)
  await page.goto(`/posts/${slug}`)
  await expect(page.getByRole('main')).toContainText('Part 1 of 2')
  const series = page.getByRole('region', { name: 'Series' })
  await expect(series.getByText(`First ${name}`)).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('link', { name: `Akin ${name}` })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Before and after this post' })).toBeVisible()
  await series.getByRole('link', { name: `Second ${name}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Second ${name}` })).toBeVisible()
})

test('a post is passed on without anybody else’s program', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { slug } = await publishSeries(api)
  await page.goto(`/posts/${slug}`)
  await page.evaluate(() => Reflect.deleteProperty(Navigator.prototype, 'share'))
  await page.getByRole('button', { name: 'Share' }).click()
  const sheet = page.getByRole('dialog', { name: 'Share this post' })
  await expect(sheet.getByRole('textbox')).toHaveValue(new RegExp(`/posts/${slug}$`))
  await sheet.getByRole('button', { name: 'Copy the address' }).click()
  await expect(sheet.getByRole('button', { name: 'Copy the address' })).toHaveText('Copied')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})

test('on paper there is the text, and the addresses of its links', async ({ page, api }) => {
  const { slug } = await publishSeries(api)
  await page.goto(`/posts/${slug}`)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('button')).toHaveCount(0)
  const link = page.getByRole('link', { name: 'elsewhere' })
  const after = await link.evaluate((element) => getComputedStyle(element, '::after').content)
  expect(after).toContain('https://example.org/log')
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  expect(paper).toBe('rgb(255, 255, 255)')
})

test('a line shows how far one has read, where motion is welcome', async ({ page, api }) => {
  const { slug } = await publishSeries(api)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto(`/posts/${slug}`)
  const line = page.locator('.post-progress')
  const read = () => line.evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a)
  await expect.poll(read).toBe(0)
  await page.getByRole('heading', { name: 'Nights' }).evaluate((element) => element.scrollIntoView())
  await expect.poll(read).toBeGreaterThan(0.1)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(line).toBeHidden()
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })

  test('footnotes are links, and nothing is offered that can’t be done', async ({
    page,
    api,
    complaints,
  }) => {
    // What the page would load ahead of its scripts.
    complaints.expect(/^request failed: .*\/assets\/.*\.js csp$/)
    const { slug } = await publishSeries(api)
    await page.goto(`/posts/${slug}`)
    await page.getByRole('link', { name: 'Footnote 1' }).click()
    await expect(page).toHaveURL(/#u-fn1$/)
    await expect(page.getByText('The second one in a biscuit tin.')).toBeInViewport()
    await expect(page.getByText('python', { exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Copy' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Share' })).toHaveCount(0)
    await page.getByText('In this post').click()
    await page.getByRole('link', { name: 'Nights', exact: true }).click()
    await expect(page).toHaveURL(/#u-nights$/)
    const feed = page.getByRole('region', { name: 'Discussion' }).getByRole('link', { name: 'Feed (RSS)' })
    await expect(feed).toHaveAttribute('href', `/posts/${slug}/feed.rss`)
    await expect(page.getByRole('button')).toHaveCount(0)
  })

  test('what the menu holds stands in lines of its own', async ({ page, complaints }) => {
    complaints.expect(/\.js csp$/)
    await page.goto('/')
    await expect(page.getByRole('article').first()).toBeVisible()
    await expect(page.getByRole('button')).toHaveCount(0)
    await expect(page.getByRole('combobox')).toHaveCount(0)
    await expectNoOverflow(page)
    await page.getByRole('banner').getByRole('link', { name: 'Archive' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Archive' })).toBeVisible()
  })
})

test('the card of another post fits a phone, with its cover and without it', async ({ page, api }) => {
  const author = await api.as(known('author'))
  const bare = await author.publish({ title: `Without a cover ${unique()}`, body: 'Nothing to be seen.' })
  const cards = `/posts/how-long-is-a-coast\n\n/posts/${bare.slug}\n`
  const { slug } = await author.publish({ title: `Two cards ${unique()}`, body: cards })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/posts/${slug}`)

  const card = page.getByRole('link', { name: /^How long is a coast.* by / })
  await expect(card.locator('img')).toBeVisible()
  await expect(page.getByRole('link', { name: `${bare.title} by ` })).toBeVisible()
  await expectNoOverflow(page)
  const [cover, whole] = await Promise.all([card.locator('img').boundingBox(), card.boundingBox()])
  expect(cover?.width).toBeLessThan((whole?.width ?? 0) / 2)
})
