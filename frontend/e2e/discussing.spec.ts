import { known, unique } from './support/api'
import { commentsWith, commentWith, openThread } from './support/people'
import { expect, test } from './support/test'

test('a reader comments, replies, edits and deletes', async ({ page, context, api, signedIn }) => {
  const author = await api.as(known('author'))
  const { slug } = await author.publish({ title: `Talked about ${unique()}`, body: 'Well?' })
  const first = await author.comment(slug, 'What do you think?')
  await signedIn(context, await api.register())
  await openThread(page, slug)

  await page.getByLabel('Your comment', { exact: true }).fill('A *quiet* remark.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Discussion' }).locator('form em')).toHaveText('quiet')
  await page.getByRole('button', { name: 'Post the comment' }).click()
  const mine = commentWith(page, 'A quiet remark.')
  await expect(mine.locator('em')).toHaveText('quiet')
  await expect(page.getByLabel('Your comment', { exact: true })).toHaveValue('')

  await page
    .locator(`#comment-${first.id}`)
    .getByRole('button', { name: /^Reply/ })
    .click()
  await page.getByLabel(/^Your reply to/).fill('I think so too.')
  await page.getByRole('button', { name: 'Post the reply' }).click()
  const reply = commentWith(page, 'I think so too.')
  await expect(reply).toContainText('In reply to')
  await expect(reply.getByRole('button', { name: 'Edit' })).toBeVisible()

  await reply.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Your comment, to be changed').fill('I thought so too.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(commentWith(page, 'I thought so too.')).toContainText('edited')

  await mine.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(mine).toBeHidden()

  await page.reload()
  await expect(commentWith(page, 'I thought so too.')).toBeVisible()
  expect((await author.comments(slug)).map(({ body }) => body)).toEqual([
    'What do you think?',
    'I thought so too.',
  ])
})

test('a comment that got replies leaves its place when it is deleted', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const author = await api.as(known('author'))
  const { slug } = await author.publish({ title: `Regretted ${unique()}`, body: 'Well?' })
  const account = await api.register()
  const said = await (await api.as(account)).comment(slug, 'Too hasty.')
  await author.comment(slug, 'Not at all.', said.id)
  await signedIn(context, account)
  await openThread(page, slug)
  await page.locator(`#comment-${said.id}`).getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.locator(`#comment-${said.id}`)).toHaveText(/deleted by its author/)
  await expect(page.locator(`#comment-${said.id}`)).toBeFocused()
  await page.reload()
  await expect(page.locator(`#comment-${said.id}`)).toHaveText(/deleted by its author/)
  await expect(commentWith(page, 'Not at all.')).toBeVisible()
})

for (const lost of ['request', 'answer'] as const) {
  test(`a comment survives a lost ${lost}, and is posted once`, async ({
    page,
    context,
    api,
    signedIn,
    complaints,
  }) => {
    complaints.expect(/\/comments.*ERR_FAILED/, /ERR_FAILED.*\/comments/)
    const author = await api.as(known('author'))
    const { slug } = await author.publish({ title: `Patient ${unique()}`, body: 'Well?' })
    await signedIn(context, await api.register())
    await openThread(page, slug)
    // A thread that comes later shows the comment, and nothing waits.
    await expect(page.getByText('No comments yet')).toBeVisible()
    let losing = true
    await page.route('**/comments', async (route) => {
      if (!losing || route.request().method() !== 'POST') return route.fallback()
      if (lost === 'answer') await route.fetch()
      await route.abort('failed')
    })
    const field = page.getByLabel('Your comment', { exact: true })
    await field.fill('Said only once.')
    await page.getByRole('button', { name: 'Post the comment' }).click()
    await expect(commentWith(page, 'Said only once.')).toContainText('Waits on this device')
    await expect(field).toHaveValue('')
    await page.reload()
    await expect(commentsWith(page, 'Said only once.')).toHaveCount(1)

    losing = false
    await page.reload()
    await expect
      .poll(async () => (await author.comments(slug)).map(({ body }) => body))
      .toEqual(['Said only once.'])
    await expect(commentsWith(page, 'Said only once.')).toHaveCount(1)
    await expect(commentWith(page, 'Said only once.')).not.toContainText('Waits on this device')
  })
}

test('a comment that the server takes its time for stays in its form until it is there', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const author = await api.as(known('author'))
  const { slug } = await author.publish({ title: `Slow ${unique()}`, body: 'Well?' })
  await signedIn(context, await api.register())
  await openThread(page, slug)
  // The server has it, and never says so.
  let isSilent = true
  let arrived: () => void = () => undefined
  const there = new Promise<void>((resolve) => (arrived = resolve))
  await page.route('**/comments', async (route) => {
    if (!isSilent || route.request().method() !== 'POST') return route.fallback()
    await route.fetch()
    arrived()
  })
  const field = page.getByLabel('Your comment', { exact: true })
  await field.fill('In no hurry.')
  await page.getByRole('button', { name: 'Post the comment' }).click()
  await there
  await expect(field).toHaveValue('In no hurry.')

  isSilent = false
  await page.reload()
  await expect(field).toHaveValue('In no hurry.')
  await page.getByRole('button', { name: 'Post the comment' }).click()
  await expect(field).toHaveValue('')
  await expect(commentsWith(page, 'In no hurry.')).toHaveCount(1)
  expect((await author.comments(slug)).map(({ body }) => body)).toEqual(['In no hurry.'])
})

test('a moderator removes a comment, and its replies stay', async ({
  page,
  context,
  api,
  signedIn,
  another,
}) => {
  const author = await api.as(known('author'))
  const { slug } = await author.publish({ title: `Moderated ${unique()}`, body: 'Well?' })
  const rude = await (await api.as(await api.register())).comment(slug, 'Something rude.')
  await author.comment(slug, 'Please be kind.', rude.id)
  await signedIn(context, known('moderator'))
  await openThread(page, slug)
  await page.locator(`#comment-${rude.id}`).getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.locator(`#comment-${rude.id}`)).toContainText('removed by a moderator')

  const reader = await (await another()).newPage()
  await openThread(reader, slug)
  await expect(reader.locator(`#comment-${rude.id}`)).toHaveText('This comment was removed by a moderator.')
  await expect(commentWith(reader, 'Please be kind.')).toBeVisible()
})
