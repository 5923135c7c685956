import { AxeBuilder } from '@axe-core/playwright'

import { known } from './support/api'
import { expectNoOverflow, expectStillLayout, painted, scrollThrough, watchLayout } from './support/layout'
import { screens } from './support/screens'
import { expect, test, type Page } from './support/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  const found = violations.map(({ id, nodes }) => ({
    rule: id,
    nodes: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }))
  expect(found, 'what axe found').toEqual([])
}

for (const screen of screens) {
  test(`${screen.name}: accessible, still and within its width`, async ({
    page,
    context,
    api,
    signedIn,
    complaints,
  }) => {
    complaints.expect(...(screen.complaints ?? []))
    if (screen.role) await signedIn(context, known(screen.role))
    await watchLayout(page)
    await screen.prepare?.(page)
    const path = await screen.path(api)
    for (const width of [390, 1440]) {
      await test.step(`${width} px`, async () => {
        await page.setViewportSize({ width, height: width < 500 ? 844 : 900 })
        await page.emulateMedia({ colorScheme: 'light' })
        await page.goto(path)
        await screen.ready(page)
        await scrollThrough(page)
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
        await page.emulateMedia({ colorScheme: 'dark' })
        await painted(page)
        await expectAccessible(page)
        await expectNoOverflow(page)
        await expectStillLayout(page)
      })
    }
  })
}
