import { expect, type Locator, type Page } from './test'

interface Focus {
  readonly what: string
  readonly lost: boolean
  readonly visible: boolean
}

/** Where the focus is, and whether one sees it. */
function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return { what: 'nothing', lost: true, visible: false }
    const style = getComputedStyle(element)
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
    const box = element.getBoundingClientRect()
    const onScreen = box.bottom > 0 && box.top < window.innerHeight && box.width > 0 && box.height > 0
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''
    // In a text field the caret shows it.
    const caret = element.matches(
      'textarea, input:not([type="checkbox"], [type="radio"]), [contenteditable="true"]',
    )
    return {
      what: `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${name}`,
      lost: false,
      visible: onScreen && (outlined || caret || style.boxShadow !== 'none'),
    }
  })
}

/** Goes on with Tab until the focus is there; at every stop, one must see where it is. */
export async function tabTo(page: Page, target: Locator, { back = false, most = 80 } = {}): Promise<void> {
  await expect(target.first()).toBeAttached()
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
    const now = await focus(page)
    expect(now.lost, 'the focus has left the page').toBe(false)
    // What slides in needs a moment.
    await expect
      .poll(async () => (await focus(page)).visible, `the focus cannot be seen on ${now.what}`)
      .toBe(true)
    if (await target.first().evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`not reached with ${most} steps of Tab: ${target}`)
}

/** After an action, the focus is on something, not back at the beginning. */
export async function expectFocusKept(page: Page): Promise<void> {
  await expect.poll(async () => (await focus(page)).lost, 'the focus is lost').toBe(false)
}

/** Goes to the target with Tab or Shift+Tab, whichever leads there; stays where it has the focus already. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeVisible()
  const way = await target.first().evaluate((element) => {
    const from = document.activeElement
    if (from === element) return 'there'
    const before = from && from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING
    return before && from !== document.body && !element.contains(from) ? 'back' : 'on'
  })
  if (way !== 'there') await tabTo(page, target, { back: way === 'back', most: 150 })
}

/** Goes to a button, link or menu with Tab, and presses Enter. */
export async function follow(page: Page, target: Locator): Promise<void> {
  await reach(page, target)
  await page.keyboard.press('Enter')
}

/** Goes to a field with Tab, and types. */
export async function fill(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field)
  await page.keyboard.type(text)
}

/** Opens a menu and takes one of its items with the arrow keys. */
export async function choose(page: Page, menu: Locator, item: Locator): Promise<void> {
  await follow(page, menu)
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  for (let step = 0; step < 15; step += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await expect(item).toBeFocused()
  await page.keyboard.press('Enter')
}
