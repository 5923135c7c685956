import { readFile } from 'node:fs/promises'

import { known, unique } from './support/api'
import { mailSaying } from './support/mail'
import { expect, test, type Page } from './support/test'

const menuOf = (page: Page, username: string) => page.getByRole('button', { name: username })

test('a member sees where they are signed in, and ends a session', async ({
  page,
  context,
  api,
  another,
  signedIn,
  complaints,
}) => {
  // Whoever is signed out may be asking for something just then: what is to be read later is fetched ahead.
  complaints.expect(/401.*(auth\/token\/refresh|me\/bookmarks)/)
  const account = await api.register()
  await signedIn(context, account)
  const elsewhere = await another()
  await signedIn(elsewhere, account)
  const other = await elsewhere.newPage()
  await other.goto('/')
  await expect(menuOf(other, account.username)).toBeVisible()

  await page.goto('/account/sessions')
  await expect(page.getByText('This one')).toBeVisible()
  await page.getByRole('button', { name: 'End all others' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
  await expect(page.getByText('You are signed in nowhere else.')).toBeVisible()

  await other.reload()
  await expect(other.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await page.reload()
  await expect(menuOf(page, account.username)).toBeVisible()
  await page.goto('/account/security')
  await expect(page.getByText('Signed out everywhere else').first()).toBeVisible()
})

test('a member makes a token, uses and revokes it', async ({ page, context, api, signedIn, request }) => {
  const account = await api.register()
  await signedIn(context, account)
  await page.goto('/account/tokens')
  await page.getByRole('button', { name: 'Make a token' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill('Backup at home')
  await page.getByLabel('Read posts').check()
  await page.getByRole('button', { name: 'Make the token' }).click()
  const token = await page.getByText(/^byline_/).textContent()
  const headers = { Authorization: `Bearer ${token}` }

  expect((await request.get('/api/v1/posts', { headers })).status()).toBe(200)
  expect((await request.get('/api/v1/me', { headers })).status()).toBe(403)
  expect((await request.get('/api/v1/me/tokens', { headers })).status()).toBe(403)

  await page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByText(/^byline_/)).toBeHidden()
  await page.getByRole('button', { name: 'Revoke the token Backup at home' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('You have no tokens.')).toBeVisible()
  expect((await request.get('/api/v1/posts', { headers })).status()).toBe(401)
})

test('a member changes the password; the session goes on, others end', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const account = await api.register()
  const before = await api.as(account)
  await signedIn(context, account)
  await page.goto('/account/security')
  await page.getByLabel('Current password').fill(account.password)
  await page.getByLabel('New password', { exact: true }).fill('eleven quiet barges at noon')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await page.reload()
  await expect(menuOf(page, account.username)).toBeVisible()
  expect(await before.status('/me')).toBe(401)
  await mailSaying(`${account.username}@example.org`, /password/i)
})

test('a member takes a copy of everything along', async ({ page, context, api, signedIn }) => {
  const account = await api.register()
  await signedIn(context, account)
  await page.goto('/account/privacy')
  await page.getByRole('button', { name: 'Make a copy' }).click()
  await expect(page.getByRole('button', { name: 'Download' })).toBeVisible({ timeout: 30_000 })
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const file = await readFile(await (await waiting).path())
  expect(file.subarray(0, 2).toString()).toBe('PK')
  expect(file.includes('account.json')).toBe(true)
})

test('a member asks for deletion, and thinks better of it', async ({ page, context, api, signedIn }) => {
  const account = await api.register()
  await signedIn(context, account)
  await page.goto('/account/privacy')
  await page.getByRole('button', { name: 'Delete my account…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Type your username/).fill(account.username)
  await dialog.getByRole('button', { name: 'Delete my account' }).click()
  const banner = page.getByRole('complementary', { name: 'Deletion of your account' })
  await expect(banner).toBeVisible()
  await mailSaying(`${account.username}@example.org`, /delet/i)
  await page.reload()
  await banner.getByRole('button', { name: 'Keep it' }).click()
  await expect(banner).toBeHidden()
  await expect(page.getByRole('button', { name: 'Delete my account…' })).toBeVisible()
})

test('a reader follows an author, and their next post is in the feed', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const reader = await api.register()
  const author = known('author')
  await signedIn(context, reader)
  await page.goto(`/authors/${author.username}`)
  await page.getByRole('button', { name: /^Follow Robin/ }).click()
  await expect(page.getByRole('button', { name: /^Stop following/ })).toBeVisible()
  const title = `Tidings ${unique()}`
  await (await api.as(author)).publish({ title, body: 'For those who follow.' })
  await page.goto('/following')
  await expect(page.getByRole('link', { name: title })).toBeVisible()
})

test('a member gives themself a picture', async ({ page, context, api, signedIn }) => {
  const account = await api.register()
  await signedIn(context, account)
  await page.goto('/account')
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 400, height: 300 } })
  await page
    .getByLabel('Choose a picture')
    .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture })
  await expect(page.getByText('Your picture is changed.')).toBeVisible()
  const url = await (await api.as(account)).avatar()
  expect(url).toMatch(/\/media\/avatars\/.+\/192\.webp$/)
  expect((await page.request.get(url)).headers()['content-type']).toBe('image/webp')
})
