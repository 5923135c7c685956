import { expect, type Locator, type Page } from './test'

/** What the editor keeps at its field, as CodeMirror's own `findFromDOM` reads it. */
interface Field extends HTMLElement {
  cmTile?: { root: { view: { state: { doc: { toString: () => string } } } } }
}

/** The text of a post, where it is written. */
export const editor = (page: Page): Locator => page.getByRole('textbox', { name: 'Text', exact: true })

/** All of the text, of which the page holds only what is seen, formatted. */
export const textOf = (page: Page): Promise<string> =>
  editor(page).evaluate((field: Field) => field.cmTile?.root.view.state.doc.toString() ?? '')

/** Waits until the text is this. */
export const expectText = (page: Page, text: string | RegExp): Promise<void> => {
  const said = expect.poll(() => textOf(page), 'the text in the editor')
  return typeof text === 'string' ? said.toBe(text) : said.toMatch(text)
}

/** Types at the cursor, key by key; what the editor adds by itself, such as the next mark of a list, comes too. */
export async function typeInEditor(page: Page, text: string): Promise<void> {
  await editor(page).focus()
  await page.keyboard.type(text)
}

/** Pastes at the cursor, as a browser does. */
export async function pasteInEditor(page: Page, parts: Record<string, string>): Promise<void> {
  await editor(page).evaluate((field, given) => {
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, parts)
}

/** Replaces all of the text. */
export async function writeText(page: Page, text: string): Promise<void> {
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await pasteInEditor(page, { 'text/plain': text })
  await expectText(page, text)
}
