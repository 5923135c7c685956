import type { Page } from '@playwright/test'

import { bare, changeDocuments } from './bare'

/** One word that is longer than any line of a phone. */
export const longWord = 'Donaudampfschifffahrtsgesellschaft'.repeat(4).slice(0, 120)

/** What somebody has named, or said in a line. */
const named = /^(title|name|display_name|guest_name|label|bio|excerpt|description|footer_text)$/

function lengthen(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value
  if (named.test(key)) return longWord
  if (key === 'title_html') return `<mark>${longWord}</mark>`
  if (key === 'snippet_html') return `${longWord} <mark>${longWord}</mark>`
  // The headings of a text stand in its table of contents as well.
  if (key === 'body_html') return value.replaceAll(/(<(h[2-6])\b[^>]*>)[\s\S]*?(<\/\2>)/g, `$1${longWord}$3`)
  return value
}

/** From now on everything that has a name has one that is a single, very long word. */
export async function nameByLongWords(page: Page): Promise<void> {
  await changeDocuments(page, bare)
  await page.route('**/api/v1/**', async (route) => {
    const response = await route.fetch()
    const type = response.headers()['content-type'] ?? ''
    if (!type.includes('json')) return route.fulfill({ response })
    const body = JSON.stringify(JSON.parse(await response.text(), lengthen))
    await route.fulfill({ response, body })
  })
}
