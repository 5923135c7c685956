import { bare, changeDocuments } from './support/bare'
import { expectNoOverflow } from './support/layout'
import { expect, test } from './support/test'

const names = Array.from({ length: 24 }, (_, place) => `Section ${place + 1}`)

for (const width of [768, 1440]) {
  test(`many sections stand in several lines, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await changeDocuments(page, bare)
    await page.route('**/api/v1/categories*', (route) =>
      route.fulfill({
        json: {
          results: names.map((name, place) => ({
            slug: `s-${place}`,
            name,
            description: '',
            parent: null,
            depth: 0,
            post_count: 1,
          })),
          next: null,
          previous: null,
        },
      }),
    )
    await page.goto('/')
    const links = page.getByRole('navigation', { name: 'Sections' }).getByRole('link')
    await expect(links).toHaveText(names)
    for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 1 })
    await expectNoOverflow(page)
  })
}
