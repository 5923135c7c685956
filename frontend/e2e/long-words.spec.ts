import { expectNoOverflow, painted } from './support/layout'
import { longWord, nameByLongWords } from './support/long-words'
import { expect, test } from './support/test'

const pages = [
  '/',
  '/?tag=sea',
  '/posts/how-long-is-a-coast',
  '/posts/bread-is-arithmetic',
  '/tags/sea',
  '/categories/maps',
  '/series/small-errors',
  '/authors/ines',
  '/archive',
  '/pages/about',
  '/search?q=coast',
  '/search?q=coast&type=comments',
]

for (const width of [390, 768, 1440]) {
  test(`names of one long word stay in their frame, ${width} px wide`, async ({ page }) => {
    test.slow()
    await page.setViewportSize({ width, height: 844 })
    await nameByLongWords(page)
    for (const path of pages) {
      await test.step(path, async () => {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        // What may wait for the reader comes now.
        await page.mouse.wheel(0, 200)
        const named = page.getByRole('main').getByText(longWord).filter({ visible: true })
        await expect(named.first()).toBeVisible()
        if (path.startsWith('/posts/')) await page.locator('#comments').scrollIntoViewIfNeeded()
        await page.waitForLoadState('networkidle')
        await painted(page)
        await expectNoOverflow(page)
      })
    }
  })
}
