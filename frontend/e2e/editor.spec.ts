import { known, unique } from './support/api'
import { expectAccessible } from './support/axe'
import { editor, expectText, pasteInEditor, typeInEditor, writeText } from './support/editor'
import { tabTo } from './support/keyboard'
import { seeded } from './support/kills'
import { expectNoOverflow } from './support/layout'
import { expect, test, type Page } from './support/test'

const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name, exact: true })

test.beforeEach(async ({ page, context, api, signedIn }) => {
  const author = await api.as(known('author'))
  const { slug } = await author.draft({ title: `Tools ${unique()}`, body: '' })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  await expect(editor(page)).toBeVisible()
})

test('who knows no Markdown writes with the slash menu and the toolbar', async ({ page }) => {
  await typeInEditor(page, '/head')
  await expect(page.getByRole('option', { name: 'Heading', exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Salt')
  await page.keyboard.press('Enter')
  await page.keyboard.type('It keeps')
  await page.keyboard.press('Shift+Control+ArrowLeft')
  await tool(page, 'Bold').click()
  await expectText(page, '## Salt\nIt **keeps**')
  await expect(tool(page, 'Bold')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Control+b')
  await expectText(page, '## Salt\nIt keeps')
  await tool(page, 'Undo').click()
  await expectText(page, '## Salt\nIt **keeps**')
})

test('the keyboard goes into the tools, along them, into the text and out of it', async ({ page }) => {
  await writeText(page, '- one')
  await tabTo(page, page.getByRole('toolbar').getByRole('button').first(), { back: true })
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(tool(page, 'Heading')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('two')
  await expectText(page, '- one\n  - two')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(editor(page)).not.toBeFocused()
})

test('what was copied from a word processor becomes Markdown, and nothing complains', async ({ page }) => {
  await editor(page).focus()
  await pasteInEditor(page, {
    'text/plain': 'Salt keeps',
    'text/html':
      '<b style="font-weight:normal" id="docs-internal-guid-1"><h2 style="color:red">Salt</h2><p style="margin:0" onclick="x()"><span style="font-weight:700">keeps</span><script>window.ran = true</script></p></b>',
  })
  await expectText(page, '## Salt\n\n**keeps**')
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  await page.keyboard.press('Control+z')
  await expectText(page, '')
})

test('words are found and replaced', async ({ page }) => {
  await writeText(page, 'salt and salt and pepper')
  await page.keyboard.press('Control+f')
  const search = page.getByRole('search', { name: 'Find and replace' })
  await search.getByLabel('Find', { exact: true }).fill('salt')
  await expect(search.getByRole('status')).toHaveText('2 places')
  await search.getByLabel('Replace with').fill('sand')
  await search.getByRole('button', { name: 'Replace all' }).click()
  await expect(search.getByRole('status')).toHaveText('2 places replaced')
  await expectText(page, 'sand and sand and pepper')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(search).toBeHidden()
  await expect(editor(page)).toBeFocused()
})

test('on a phone the tools are at hand and nothing sticks out', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 780 })
  await writeText(
    page,
    `# A\n\n| a | b |\n| --- | --- |\n| ${'long '.repeat(30)} | 2 |\n\n${'word'.repeat(60)}\n\nend`,
  )
  await expect(page.getByRole('table', { name: /Table/ })).toBeVisible()
  await expectNoOverflow(page)
  await expect(tool(page, 'Bold')).toBeInViewport()
  expect(
    await editor(page).evaluate((field) => parseFloat(getComputedStyle(field).fontSize)),
  ).toBeGreaterThanOrEqual(16)
})

test('a jump to the end of a long text ends there, and typing leaves the page where it is', async ({
  page,
  context,
  api,
}) => {
  const random = seeded(3)
  const words = 'salt keeps what the sea gave and wind takes from glass while lamps burn low'.split(' ')
  const author = await api.as(known('author'))
  for (const length of [12_500, 13_000]) {
    await test.step(`${length} letters`, async () => {
      let body = ''
      while (body.length < length) {
        if (random() < 0.08 && body) body += '\n\n'
        body += `${words[Math.floor(random() * words.length)]}${Math.floor(random() * 1000)} `
      }
      const { slug } = await author.draft({ title: `Far ${unique()}`, body })
      const tab = length === 12_500 ? page : await context.newPage()
      await tab.goto(`/write/posts/${slug}`)
      await editor(tab).click()
      await tab.keyboard.press('Control+End')
      await expect(tab.locator('.cm-cursor-primary')).toBeInViewport()
      await tab.keyboard.type('sa')
      const before = await tab.evaluate(() => window.scrollY)
      await tab.keyboard.type('lt keeps')
      await expect(tab.locator('.cm-cursor-primary')).toBeInViewport()
      expect(Math.abs((await tab.evaluate(() => window.scrollY)) - before)).toBeLessThan(80)
    })
  }
})
