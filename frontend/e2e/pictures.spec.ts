import { join } from 'node:path'

import { known } from './support/api'
import { scrollThrough } from './support/layout'
import { screens } from './support/screens'
import { test } from './support/test'

const folder = process.env.PICTURES || 'test-results/pictures'

for (const screen of screens) {
  test(`a picture of ${screen.name}`, async ({ page, context, api, signedIn, complaints }) => {
    complaints.expect(...(screen.complaints ?? []))
    if (screen.role) await signedIn(context, known(screen.role))
    await screen.prepare?.(page)
    const path = await screen.path(api)
    for (const width of [390, 768, 1440]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: width < 500 ? 844 : 1000 })
        await page.emulateMedia({ colorScheme })
        await page.goto(path)
        await screen.ready(page)
        await scrollThrough(page)
        await page.waitForLoadState('networkidle')
        const name = `${screen.name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`
        await page.screenshot({ path: join(folder, name), fullPage: true })
      }
    }
  })
}
