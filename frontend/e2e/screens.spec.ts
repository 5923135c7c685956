import { known } from './support/api'
import { expectAccessible } from './support/axe'
import { expectNoOverflow, expectStillLayout, painted, scrollThrough, watchLayout } from './support/layout'
import { screens } from './support/screens'
import { test } from './support/test'

for (const screen of screens) {
  test(`${screen.name}: accessible, still and within its width`, async ({
    page,
    context,
    api,
    signedIn,
    complaints,
  }) => {
    // Four looks at all of it take their time where the list is long.
    test.setTimeout(120_000)
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
        // Whoever reads down to the end does so when it is there: a list that comes later would push the footer.
        await page.waitForLoadState('networkidle')
        await scrollThrough(page)
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
        await expectNoOverflow(page)
        // Before the colours change: Chromium looks at all faces anew then, and takes one that had come too late.
        await expectStillLayout(page)
        await page.emulateMedia({ colorScheme: 'dark' })
        await painted(page)
        await expectAccessible(page)
      })
    }
    // A wide screen whose reader made everything four times as large.
    await test.step('320 px', async () => {
      await page.setViewportSize({ width: 320, height: 720 })
      await painted(page)
      await expectNoOverflow(page)
    })
  })
}
