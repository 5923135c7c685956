import { known, unique } from './support/api'
import { expectAccessible } from './support/axe'
import { expectNoOverflow, expectStillLayout, painted, scrollThrough, watchLayout } from './support/layout'
import { give, makePicture } from './support/picture'
import { expect, test, type Page } from './support/test'

const text = (page: Page) => page.getByLabel('Text', { exact: true })
const saved = (page: Page) => expect(page.locator('.status')).toHaveText('Saved')
const slugOf = (page: Page): string => new URL(page.url()).pathname.replace('/write/posts/', '')

async function begin(page: Page, title: string): Promise<void> {
  await page.goto('/write/new')
  await page.getByLabel('Title', { exact: true }).fill(title)
  await text(page).click()
  await page.keyboard.type('Salt keeps.')
  await saved(page)
}

test('a picture that is dropped into the text is what readers see, and nothing moves', async ({
  page,
  context,
  api,
  signedIn,
  another,
}) => {
  const title = `Pans ${unique()}`
  await signedIn(context, known('author'))
  await begin(page, title)
  await give(text(page), 'drop', makePicture(900, 600))
  const dialog = page.getByRole('dialog', { name: 'Describe the picture' })
  await expect(dialog.getByLabel('Description')).toBeFocused()
  await expectAccessible(page)
  await dialog.getByLabel('Description').fill('Pans at dawn')
  await dialog.getByLabel('Caption').fill('The first harvest')
  await dialog.getByRole('button', { name: 'Put in' }).click()
  await expect(page.getByRole('region', { name: 'Pictures on their way' })).toBeHidden()
  await saved(page)

  await page.getByRole('button', { name: 'Preview' }).click()
  const preview = page.getByRole('region', { name: 'Preview' })
  const picture = preview.getByRole('img', { name: 'Pans at dawn' })
  await expect(picture).toBeVisible()
  await expect(preview.getByText('The first harvest')).toBeVisible()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await painted(page)
  await expectAccessible(page)

  const author = await api.as(known('author'))
  await author.publishNow(slugOf(page))
  const { body } = await author.post(slugOf(page))
  expect(body).toMatch(/^Salt keeps\.\n\n!\[Pans at dawn\]\(\/media\/images\/\S+ "The first harvest"\)\n$/)
  const reader = await (await another()).newPage()
  await watchLayout(reader)
  await reader.goto(`/posts/${slugOf(page)}`)
  const seen = reader.getByRole('img', { name: 'Pans at dawn' })
  // Whoever reads down to the end does so when it is there: a list that comes later would push the footer.
  await reader.waitForLoadState('networkidle')
  await scrollThrough(reader)
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await expect(seen).toHaveAttribute('width', '900')
  await expect(reader.locator('figcaption')).toHaveText('The first harvest')
  await expectStillLayout(reader)
  await expectAccessible(reader)
  // The renditions come from a job: the next reader gets the one that fits.
  await expect
    .poll(async () => (await author.post(slugOf(page))).body_html, { timeout: 30_000 })
    .toContain('<picture>')
  await reader.setViewportSize({ width: 390, height: 844 })
  await reader.reload()
  await expect
    .poll(() =>
      reader
        .getByRole('img', { name: 'Pans at dawn' })
        .evaluate((image: HTMLImageElement) => image.currentSrc),
    )
    .toMatch(/\.(avif|webp)$/)
  await scrollThrough(reader)
  await expectStillLayout(reader)
  await expectNoOverflow(reader)
})

test('an upload goes on where it was after a lost connection, and the text stays clean meanwhile', async ({
  page,
  context,
  api,
  signedIn,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/)
  await signedIn(context, known('author'))
  await begin(page, `Lost ${unique()}`)
  const offsets: string[] = []
  const asked: string[] = []
  let lost = false
  await page.route('**/api/v1/images/uploads/*', async (route) => {
    const request = route.request()
    asked.push(request.method())
    if (request.method() === 'PATCH') offsets.push(request.headers()['upload-offset'] ?? '')
    if (offsets.length < 3 || lost) return route.continue()
    lost = true
    await context.setOffline(true)
    return route.abort('internetdisconnected')
  })

  await give(text(page), 'paste', makePicture(900, 900))
  await page.getByRole('dialog').getByLabel('Description').fill('Noise')
  await page.getByRole('dialog').getByRole('button', { name: 'Put in' }).click()
  const list = page.getByRole('region', { name: 'Pictures on their way' })
  await expect(list).toContainText('no connection; goes on when it is back')
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' It waits.')
  await expect(text(page)).not.toContainText('Noise')
  await context.setOffline(false)
  await expect(list).toBeHidden({ timeout: 30_000 })
  await saved(page)

  const part = 512 * 1024
  expect(asked).toContain('HEAD')
  expect(offsets).toEqual(['0', part, 2 * part, 2 * part, 3 * part, 4 * part].map(String))
  const { body } = await (await api.as(known('author'))).post(slugOf(page))
  expect(body).toMatch(/^Salt keeps\. It waits\.\n\n!\[Noise\]\(\/media\/images\/\S+\)\n$/)
})

test('by keyboard, on a phone, an author puts in a picture again, makes it the cover, and may not delete it', async ({
  page,
  context,
  api,
  signedIn,
  complaints,
}) => {
  complaints.expect(/answer 422/, /status of 422/)
  const alt = `Heaps of salt ${unique()}`
  await signedIn(context, known('author'))
  await page.setViewportSize({ width: 390, height: 844 })
  await begin(page, `Heaps ${unique()}`)
  await give(text(page), 'paste', makePicture(300, 200, 'heaps.png'))
  await page.getByRole('dialog').getByLabel('Description').fill(alt)
  await page.getByRole('dialog').getByRole('button', { name: 'Put in' }).click()
  const author = await api.as(known('author'))
  await expect.poll(async () => (await author.post(slugOf(page))).body).toContain(alt)

  await page.getByRole('button', { name: 'Choose a picture' }).focus()
  await page.keyboard.press('Enter')
  const library = page.getByRole('dialog', { name: 'Choose a cover picture' })
  await library.getByLabel('Search your pictures').fill(alt.slice(-10))
  const found = library.getByRole('button', { name: alt })
  await expect(found).toBeVisible()
  await expect(library.getByRole('listitem')).toHaveCount(1)
  await expectAccessible(page)
  await expectNoOverflow(page)
  await found.focus()
  await page.keyboard.press('Enter')
  await library.getByRole('button', { name: 'Delete' }).click()
  const asking = page.getByRole('dialog', { name: 'Delete this picture?' })
  await asking.getByRole('button', { name: 'Delete' }).click()
  await expect(asking.getByRole('alert')).toContainText('still shows this picture')
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await library.getByRole('button', { name: 'Use as cover' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Description of the cover')).toHaveValue(alt)
  await saved(page)

  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' }).getByRole('img', { name: alt })).toHaveCount(2)
  await expect(text(page)).toBeHidden()
  await expectNoOverflow(page)
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(text(page)).toBeVisible()
})

test('a file that is no picture is refused in words, and leaves nothing in the text', async ({
  page,
  context,
  signedIn,
  complaints,
}) => {
  complaints.expect(/answer 4\d\d/, /status of 4\d\d/)
  await signedIn(context, known('author'))
  await begin(page, `Refused ${unique()}`)
  await give(text(page), 'drop', {
    name: 'a.png',
    type: 'image/png',
    content: Buffer.from('<script>alert(1)</script>'),
  })
  const list = page.getByRole('region', { name: 'Pictures on their way' })
  await expect(list.getByRole('alert')).toContainText('a.png:')
  await expectAccessible(page)
  await list.getByRole('button', { name: 'Remove a.png' }).click()
  await expect(list).toBeHidden()
  await expect(text(page)).toHaveText('Salt keeps.')
})

test('preview and editor scroll together', async ({ page, context, api, signedIn, complaints }) => {
  // The editor guesses the heights of lines that it has not drawn; after a long way at once it says that it guessed on.
  complaints.expect(/Measure loop restarted/)
  const author = await api.as(known('author'))
  const parts = Array.from(
    { length: 40 },
    (_, n) => `## Part ${n}\n\n${'Salt keeps what it touches. '.repeat(12)}`,
  )
  const { slug } = await author.draft({ title: `Long ${unique()}`, body: parts.join('\n\n') })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  await page.getByRole('button', { name: 'Preview' }).click()
  const preview = page.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('heading', { name: 'Part 39' })).toBeAttached()

  /** How far below the top of the window a part is, in the preview and in the editor. */
  const heights = (part: number) =>
    page.evaluate((name) => {
      const topOf = (elements: Iterable<Element>): number =>
        [...elements].find((element) => element.textContent?.includes(name))?.getBoundingClientRect().top ??
        NaN
      return {
        preview: topOf(document.querySelectorAll('.preview h2')),
        editor: topOf(document.querySelectorAll('.cm-line')),
      }
    }, `Part ${part}`)

  await text(page).click()
  await page.keyboard.press('Control+Home')
  await page.mouse.wheel(0, 6000)
  await expect
    .poll(async () => {
      for (let part = 0; part < 40; part += 1) {
        const { preview: there, editor: here } = await heights(part)
        if (here > 0 && here < 700) return Math.abs(there - here)
      }
      return Infinity
    })
    .toBeLessThan(120)

  await preview.hover()
  await page.mouse.wheel(0, -100_000)
  await expect.poll(async () => (await heights(0)).editor).toBeGreaterThan(0)
})
