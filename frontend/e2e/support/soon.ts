import { expect, type Locator, type Page } from './test'

/** A document is kept for ten seconds: readers who come within them may see it as it was before. */
export async function expectSoon(reader: Page, what: Locator): Promise<void> {
  await expect(async () => {
    await reader.reload()
    await expect(what).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
}

/** Until then links lead on by themselves, as they do without a program. */
export async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => '__vue_app__' in (document.getElementById('app') ?? {}))
}
