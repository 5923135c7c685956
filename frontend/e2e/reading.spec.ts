import { known, unique } from './support/api'
import { takenOver } from './support/soon'
import { expect, test } from './support/test'

const post = 'how-long-is-a-coast'

for (const width of [1280, 390]) {
  test.describe(`a visitor, ${width} px wide`, () => {
    test.use({ viewport: { width, height: 844 } })

    test('finds a lead story and the river on the front page, and reads the lead', async ({ page }) => {
      await page.goto('/')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kerf')
      const lead = page.getByRole('region', { name: 'Lead story' }).getByRole('article').first()
      const river = page.getByRole('region', { name: 'Latest' })
      await expect(river.getByRole('article').first()).toBeVisible()
      const title = await lead.getByRole('heading').innerText()
      await lead.getByRole('heading').getByRole('link').click()
      await expect(page).toHaveURL(/\/posts\//)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(page).toHaveTitle(`${title} · Kerf`)
    })

    test('reads a post and its thread', async ({ page }) => {
      await page.goto(`/posts/${post}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('main').getByRole('img').first()).toBeVisible()
      const discussion = page.getByRole('region', { name: 'Discussion' })
      await discussion.scrollIntoViewIfNeeded()
      await expect(discussion.getByRole('article')).toHaveCount(18) // one of them is the place of a deleted one
      await expect(discussion.getByRole('article').nth(1)).toContainText(/In reply to/)
      await expect(discussion).toContainText('To take part in the discussion')
    })

    test('goes through section, tag, author, archive and page', async ({ page }) => {
      await page.goto(`/posts/${post}`)
      await page.getByRole('list', { name: 'Tags' }).getByRole('link', { name: 'sea' }).click()
      await expect(page).toHaveURL(/\/tags\/sea$/)
      await expect(page.getByRole('article').first()).toBeVisible()
      await page.goto('/categories/maps')
      await expect(page.getByRole('heading', { level: 1, name: 'Maps' })).toBeVisible()
      await expect(page.getByRole('article').first()).toBeVisible()
      await page.goto('/authors/ines')
      await expect(page.getByRole('article').first()).toBeVisible()
      await page.goto('/archive')
      await expect(page.getByRole('heading', { level: 1, name: 'Archive' })).toBeVisible()
      await page.getByRole('main').locator('a[href^="/archive/2"][href*="/"]').last().click()
      await expect(page).toHaveURL(/\/archive\/\d{4}/)
      await expect(page.getByRole('article').first()).toBeVisible()
      await page.goto('/pages/about')
      await expect(page.getByRole('heading', { level: 1, name: 'About Kerf' })).toBeVisible()
    })

    test('is led on from an address that leads nowhere', async ({ page, complaints }) => {
      complaints.expect(/404.*\/(nothing\/here|posts\/never-written)/)
      await page.goto('/nothing/here')
      await expect(page.getByRole('heading', { level: 1, name: 'Nothing at this address' })).toBeVisible()
      await page.getByRole('link', { name: 'To the archive' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Archive' })).toBeVisible()
      await page.goto('/posts/never-written')
      await expect(page.getByRole('heading', { level: 1, name: 'There is no such post' })).toBeVisible()
    })
  })
}

test('a list goes on into the past, and each of its pages has an address', async ({ page, api, another }) => {
  const author = await api.as(known('author'))
  const tag = `trail-${unique()}`
  for (let number = 1; number <= 17; number += 1) {
    await author.publish({
      title: `Step ${number} of ${tag}`,
      body: 'One foot, then the other.',
      tags: [tag],
    })
  }
  await page.goto(`/tags/${tag}`)
  const titles = page.getByRole('article').getByRole('heading')
  await expect(titles).toHaveCount(15)
  await expect(titles.first()).toHaveText(`Step 17 of ${tag}`)
  await takenOver(page)
  await page.getByRole('link', { name: 'Older posts' }).click()
  await expect(titles).toHaveCount(17)
  await expect(page).toHaveURL(/cursor=/)
  await expect(page.getByRole('link', { name: `Step 2 of ${tag}` })).toBeFocused()

  const fresh = await (await another()).newPage()
  await fresh.goto(page.url())
  await expect(fresh.getByRole('article').getByRole('heading')).toHaveText([
    `Step 2 of ${tag}`,
    `Step 1 of ${tag}`,
  ])
  await fresh.getByRole('link', { name: 'Newer posts' }).click()
  await expect(fresh.getByRole('article').getByRole('heading').first()).toHaveText(`Step 17 of ${tag}`)
})

test('an old address leads to where the post is now', async ({ page, api }) => {
  const author = await api.as(known('author'))
  const name = unique()
  const { slug } = await author.publish({
    title: `Moved ${name}`,
    body: 'It has moved.',
    slug: `before-${name}`,
  })
  await author.change(slug, { slug: `after-${name}` })
  await page.goto(`/posts/before-${name}`)
  await expect(page.getByRole('heading', { level: 1, name: `Moved ${name}` })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/posts/after-${name}$`))
})

test('the choice of dark stays', async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  await page.goto('/')
  const light = await paper()
  await page.getByRole('button', { name: 'Appearance' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(paper).not.toBe(light)
  const dark = await paper()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await paper()).toBe(dark)
  await page.getByRole('button', { name: 'Appearance' }).click()
  await page.getByRole('menuitemradio', { name: 'As the system' }).click()
  await expect.poll(paper).toBe(light)
})
