import type { Page, Route } from '@playwright/test'

/** The page as it is sent for addresses that have no document: the app asks for everything itself. */
export const bare = (document: string): string =>
  document
    .replace(/<script[^>]*id="byline-data"[^>]*>[\s\S]*?<\/script>/, '')
    .replace(/(<div id="app"[^>]*>)[\s\S]*(<\/div>\s*(?:<!--[^>]*-->\s*)*<noscript>)/, '$1$2')

/** From now on documents arrive as this makes them. */
export async function changeDocuments(page: Page, change: (document: string) => string): Promise<void> {
  const answer = async (route: Route): Promise<void> => {
    const response = await route.fetch()
    await route.fulfill({ response, body: change(await response.text()) })
  }
  await page.route(
    (url) => !/\.\w+$|^\/(api|media|static|assets)\//.test(url.pathname),
    (route) => (route.request().resourceType() === 'document' ? answer(route) : route.continue()),
  )
}
