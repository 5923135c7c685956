import type { Page, Route } from '@playwright/test'

import { bare, changeDocuments } from './bare'

/** Arabic letters, so that a browser sets the text from right to left; no words of any language. */
const letters = 'ابجدهوزحطيكلمنسعفصقرشت'

const pseudoWord = (word: string): string =>
  [...word].map((letter) => letters[(letter.codePointAt(0) ?? 0) % letters.length]).join('')

/** The message in letters from right to left, with its placeholders, its forms and its marks where they were. */
export const pseudo = (message: string): string =>
  message.replaceAll(/\{[^}]*\}|\\.|[A-Za-zÀ-ɏ]+/g, (part) => (/^[{\\]/.test(part) ? part : pseudoWord(part)))

async function turnCatalogue(route: Route): Promise<void> {
  const response = await route.fetch()
  const body = (await response.text()).replaceAll(
    /(:\s*)(`[^`]*`|"(?:[^"\\]|\\.)*")/g,
    (_whole, colon: string, text: string) =>
      colon + text.charAt(0) + pseudo(text.slice(1, -1)) + text.charAt(0),
  )
  await route.fulfill({ response, body })
}

/** From now on the interface speaks a language that runs from right to left, and its pages are laid out so. */
export async function speakFromRightToLeft(page: Page): Promise<void> {
  await page.route(/\/assets\/en[.-][^/]*\.js$/, turnCatalogue)
  // What stands in a document is in the site's language.
  await changeDocuments(page, (document) =>
    bare(document).replace(/<html[^>]*>/, '<html lang="en" dir="rtl">'),
  )
  await page.addInitScript(() => {
    const turn = (): void => {
      const root = document.documentElement as HTMLElement | null
      if (root && root.dir !== 'rtl') root.dir = 'rtl'
    }
    turn()
    new MutationObserver(turn).observe(document, { subtree: true, childList: true, attributeFilter: ['dir'] })
  })
}
