import { known, unique } from './support/api'
import { expectAccessible } from './support/axe'
import { expect, test, type Page } from './support/test'

const review = (page: Page) => page.getByRole('tab', { name: 'Review' })
const stands = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('region', { name: 'Review' }).getByRole('status')).toHaveText(words)
const body = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true })

/** Opens a post in the editor, with the panel of its review. */
async function open(page: Page, slug: string): Promise<void> {
  await page.goto(`/write/posts/${slug}`)
  await expect(body(page)).toBeVisible()
  await review(page).click()
}

test('an author submits, an editor sends back, the author mends, the editor approves and publishes', async ({
  page,
  context,
  api,
  another,
  signedIn,
}) => {
  const name = `Tools ${unique()}`
  const author = await api.as(known('author'))
  const { slug } = await author.draft({
    title: name,
    body: 'Some tools ask for attention.\n\nOthers ask for none.',
  })
  const theirs = await another()
  const desk = await theirs.newPage()

  await test.step('the author submits it with a note', async () => {
    await signedIn(context, known('author'))
    await open(page, slug)
    await stands(page, 'Not submitted.')
    await page.getByLabel('Note (optional)').fill('The second line is new.')
    await page.getByRole('button', { name: 'Submit for review' }).click()
    await stands(page, 'Waits for an editor.')
    await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)
  })

  await test.step('an editor finds it, quotes a passage, and sends it back', async () => {
    await signedIn(theirs, known('editor'))
    await open(desk, slug)
    await expect(desk.getByText('The second line is new.')).toBeVisible()
    await body(desk).getByText('Some tools').click({ clickCount: 3 })
    await desk.getByRole('button', { name: 'Write a remark' }).click()
    await expect(desk.getByRole('figure', { name: 'Quoted passage' })).toHaveText(
      /Some tools ask for attention\./,
    )
    await expectAccessible(desk)
    await desk.getByLabel('Remark', { exact: true }).fill('Which ones?')
    await desk.getByRole('button', { name: 'Add the remark' }).click()
    await expect(desk.getByText('Which ones?')).toBeVisible()
    await expectAccessible(desk)
    await desk.getByRole('button', { name: 'Send back' }).click()
    await expect(desk.getByLabel('Note (optional)')).toHaveAccessibleDescription(/Say what is to be changed/)
    await desk.getByLabel('Note (optional)').fill('Please answer the remark.')
    await desk.getByRole('button', { name: 'Send back' }).click()
    await stands(desk, 'Sent back for changes.')
  })

  await test.step('the author mends it, resolves the remark and submits it again', async () => {
    await page.reload()
    await review(page).click()
    await stands(page, 'Sent back for changes.')
    await expect(page.getByText('Please answer the remark.')).toBeVisible()
    await page.getByRole('button', { name: /Show this passage/ }).click()
    await expect(body(page)).toBeFocused()
    await page.keyboard.type('A plane asks for attention.')
    const remark = page.getByRole('article').filter({ hasText: 'Which ones?' })
    await remark.getByRole('button', { name: /^Resolve/ }).click()
    await expect(remark.getByText('Resolved', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Submit for review' }).click()
    await stands(page, 'Waits for an editor.')
  })

  await test.step('the editor approves what is there now, and publishes it', async () => {
    await desk.reload()
    await expect(body(desk)).toContainText('A plane asks for attention.')
    await review(desk).click()
    await desk.getByRole('button', { name: 'Approve' }).click()
    await stands(desk, /^Approved by an editor\./)
    const editor = await api.as(known('editor'))
    await editor.publishNow(slug)
    await desk.goto(`/posts/${slug}`)
    await expect(desk.getByText('A plane asks for attention.')).toBeVisible()
  })
})

test('two people who write a post together see each other, and both are named', async ({
  page,
  context,
  api,
  another,
  signedIn,
  complaints,
}) => {
  complaints.expect(/answer 404.*nobody-/, /status of 404.*nobody-/)
  const author = await api.as(known('author'))
  const { slug } = await author.publish({ title: `Ours ${unique()}`, body: 'Words of two.' })
  await signedIn(context, known('author'))
  await open(page, slug)
  const people = page.getByRole('region', { name: 'Who writes this' })

  await people.getByRole('searchbox', { name: 'Add a co-author' }).fill(`nobody-${unique()}`)
  await expect(people.getByText('There is no account of this name.')).toBeVisible()
  await people.getByRole('searchbox').fill(known('editor').username)
  await expect(people.getByRole('button', { name: /^Add / })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(people.getByText('Co-author', { exact: true })).toBeVisible()

  const theirs = await another()
  await signedIn(theirs, known('editor'))
  const desk = await theirs.newPage()
  await desk.goto(`/write/posts/${slug}`)
  await expect(desk.getByText(/ has this post open, too\.$/)).toBeVisible()
  await page.reload()
  await expect(page.getByText(/ has this post open, too\.$/)).toBeVisible()

  await desk.goto(`/posts/${slug}`)
  await expect(desk.locator('.head-author').getByRole('link')).toHaveCount(2)
  await page.reload()
  await expect(page.getByText(/ has this post open, too\.$/)).toBeHidden()
})
