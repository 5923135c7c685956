import { known, unique } from './support/api'
import { expectAccessible } from './support/axe'
import { expectSoon } from './support/soon'
import { expect, test, type Page } from './support/test'

const publishing = (page: Page) => page.getByRole('button', { name: 'Publish', exact: true })
const dialog = (page: Page) => page.getByRole('dialog')
const text = (page: Page) => page.getByLabel('Text', { exact: true })

async function chooseFromMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More to do with this post' }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('an author is told what readers would stumble over, and led there', async ({
  page,
  context,
  api,
  signedIn,
  complaints,
}) => {
  // CodeMirror's own remark when a long way leads past lines that it has not measured yet.
  complaints.expect(/Measure loop restarted/)
  const author = await api.as(known('author'))
  const body = `First.\n\n${'A line.\n\n'.repeat(60)}See [there](/posts/nowhere-${unique()}).\n`
  const { slug } = await author.draft({ title: `Checked ${unique()}`, body })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  await publishing(page).click()
  const items = dialog(page).getByRole('listitem')
  await expect(items).toHaveText([
    /Advice.*There is no excerpt/,
    /Better fix.*leads readers nowhere.*Line 123/,
  ])
  await expectAccessible(page)
  await items.nth(1).getByRole('button').click()
  await expect(dialog(page)).toBeHidden()
  await expect(text(page)).toBeFocused()
  await expect(page.locator('.cm-line').filter({ hasText: 'nowhere' })).toBeInViewport()
  await publishing(page).click()
  await items.nth(0).getByRole('button').click()
  await expect(page.getByLabel('Excerpt')).toBeFocused()
})

test('an author schedules a post, publishes it sooner, changes it and takes it back', async ({
  page,
  context,
  api,
  signedIn,
  another,
  complaints,
}) => {
  complaints.expect(/404/)
  const author = await api.as(known('author'))
  const name = `Timed ${unique()}`
  const { slug } = await author.draft({ title: name, body: 'As it was.' })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  await publishing(page).click()
  await dialog(page).getByLabel('At a time').check()
  const when = dialog(page).getByLabel('Date and time')
  // The night on which clocks in Berlin are put forward.
  await when.fill('2126-03-31T02:30')
  await expect(dialog(page).getByText(/this time is left out\. Choose 2126-03-31 03:30/)).toBeVisible()
  await when.fill('2126-07-01T08:00')
  await expect(
    dialog(page).getByText(/In the time zone of this device: Europe\/Berlin, GMT\+2/),
  ).toBeVisible()
  await expect(dialog(page).getByText(/It appears by itself on Monday, July 1, 2126 at 0?8:00/)).toBeVisible()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Schedule' }).click()
  const scheduled = page.getByRole('button', { name: 'Scheduled' })
  await expect(scheduled).toBeFocused()
  expect((await author.post(slug)).published_at).toBe('2126-07-01T06:00:00Z')

  await scheduled.click()
  await expect(when).toHaveValue('2126-07-01T08:00')
  await dialog(page).getByLabel('Now', { exact: true }).check()
  await dialog(page).getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByRole('button', { name: 'Update', exact: true })).toBeVisible()
  const reader = await (await another()).newPage()
  await reader.goto(`/posts/${slug}`)
  await expect(reader.getByText('As it was.')).toBeVisible()

  await text(page).fill('As it is.')
  await expect(page.locator('.status')).toHaveText('Saved; readers don’t see it yet')
  await page.getByRole('button', { name: 'Update', exact: true }).click()
  await expect(dialog(page).getByText(/Readers get the changes at once/)).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Update the post' }).click()
  await expect(page.locator('.status')).toHaveText('Saved')
  await expectSoon(reader, reader.getByText('As it is.'))

  await text(page).fill('As it may be.')
  await expect(page.locator('.status')).toHaveText('Saved; readers don’t see it yet')
  await chooseFromMenu(page, 'Unpublish')
  await expect(dialog(page).getByText(/become part of it/)).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Unpublish' }).click()
  await expect(publishing(page)).toBeVisible()
  await expect.poll(async () => (await author.post(slug)).body).toBe('As it may be.')
  await expectSoon(
    reader,
    reader.getByRole('heading', { name: /not there|no such|can’t be found|taken back/i }).first(),
  )
})

test('a link shows a draft to somebody without an account, until it is revoked', async ({
  page,
  context,
  api,
  signedIn,
  another,
  complaints,
}) => {
  complaints.expect(/404/)
  const author = await api.as(known('author'))
  const name = `Early ${unique()}`
  const { slug } = await author.draft({ title: name, body: '> [!NOTE]\n> Not for everybody *yet*.' })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)
  await chooseFromMenu(page, 'Preview links')
  await dialog(page).getByLabel('For whom').fill('The lawyer')
  await dialog(page).getByRole('button', { name: 'Make a link' }).click()
  const address = await dialog(page).getByLabel('Address of the link', { exact: true }).inputValue()
  await expect(dialog(page).getByText(/The link is ready/)).toBeVisible()
  await expectAccessible(page)

  const stranger = await (await another()).newPage()
  await stranger.goto(address)
  await expect(stranger.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(stranger.getByRole('complementary', { name: 'Preview' })).toContainText(
    'The link is good until',
  )
  await expect(stranger.getByRole('note')).toContainText('Not for everybody yet.')
  expect(new URL(stranger.url()).hash).toBe('')
  await expectAccessible(stranger)
  await stranger.reload()
  await expect(stranger.getByRole('heading', { name: 'Open the link once more' })).toBeVisible()

  await dialog(page).getByRole('button', { name: 'Revoke “The lawyer”' }).click()
  await expect(dialog(page).getByText('No link leads here yet.')).toBeVisible()
  await stranger.goto(address)
  await expect(stranger.getByRole('heading', { name: 'This preview is not there' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
})

test('a reader decides whether a video is loaded, and sees posts as cards', async ({
  page,
  context,
  api,
  complaints,
}) => {
  complaints.expect(/404/)
  const author = await api.as(known('author'))
  const salt = await author.publish({ title: `Salt ${unique()}`, body: 'It keeps.' })
  const gone = `/posts/gone-${unique()}`
  const body = `> [!WARNING]\n> Hot.\n\nhttps://youtu.be/dQw4w9WgXcQ?t=90\n\n/posts/${salt.slug}\n\n${gone}\n`
  const { slug } = await author.publish({ title: `Embedded ${unique()}`, body })
  const foreign: string[] = []
  await context.route(/^https:\/\//, (route) => {
    foreign.push(route.request().url())
    return route.fulfill({ contentType: 'text/html', body: '<title>Player</title><p>Playing</p>' })
  })
  await page.goto(`/posts/${slug}`)
  await expect(page.getByRole('note')).toContainText('Warning')
  const card = page.getByRole('link', { name: `${salt.title} by ` })
  await expect(card).toHaveAttribute('href', `/posts/${salt.slug}`)
  await expect(page.getByRole('link', { name: gone })).toBeVisible()
  const play = page.getByRole('button', { name: 'Play the video from YouTube' })
  await expect(play).toBeVisible()
  await expect(page.getByText(/Nothing is loaded from YouTube before/)).toBeVisible()
  await expectAccessible(page)
  expect(foreign).toEqual([])

  await play.focus()
  await page.keyboard.press('Enter')
  await expect(page.frameLocator('iframe[title="Video from YouTube"]').getByText('Playing')).toBeVisible()
  expect(foreign).toEqual(['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&start=90'])
})
