import { unique } from './support/api'
import { codeFor, mailsTo, mailSaying } from './support/mail'
import { signIn } from './support/people'
import { expect, test, type Page } from './support/test'

/** Types the code from the mail and goes on. */
async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
}

const menuOf = (page: Page, username: string) => page.getByRole('button', { name: username })

test('a visitor signs up, proves the address, signs out and in again', async ({ page, complaints }) => {
  complaints.expect(/400.*auth\/email\/verify/)
  const name = `visitor-${unique()}`
  const email = `${name}@example.org`
  const password = `brass ${name.slice(-5)} candle orchard`
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click()
  // (The page before has a field for “Username or e-mail”.)
  await page.getByLabel('Username', { exact: true }).fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Name (optional)').fill(`Visitor ${name}`)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create the account' }).click()

  const code = await codeFor(email)
  const wrong = code.startsWith('1') ? `2${code.slice(1)}` : `1${code.slice(1)}`
  await enterCode(page, wrong)
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await enterCode(page, code)

  const menu = menuOf(page, `Visitor ${name}`)
  await expect(menu).toBeVisible()
  await page.reload()
  await expect(menu).toBeVisible()
  await menu.click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await expect(menu).toBeHidden()

  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, email, password)
  await expect(menu).toBeVisible()
})

test('a sign-up with the address of a member looks like any other, and the member is told', async ({
  page,
  api,
}) => {
  const { username } = await api.register()
  const email = `${username}@example.org`
  await page.goto('/sign-up')
  await page.getByLabel('Username').fill(`other-${unique()}`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('nine pails of water')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
  await mailSaying(email, /already/)
})

test('who forgot the password sets another, and every other session ends', async ({
  page,
  api,
  another,
  signedIn,
  complaints,
}) => {
  // The other browser is refused whatever it asks for by then: its reading list, which it keeps for later, too.
  complaints.expect(/401.*auth\/token\/refresh/, /401.*me\/bookmarks/)
  const account = await api.register()
  const email = `${account.username}@example.org`
  const known = (await mailsTo(email)).map((mail) => /\d{4} \d{4}/.exec(mail)?.[0] ?? '')
  const elsewhere = await another()
  await signedIn(elsewhere, account)
  const other = await elsewhere.newPage()
  await other.goto('/')
  await expect(menuOf(other, account.username)).toBeVisible()

  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('Username or e-mail').fill(account.username)
  await page.getByRole('button', { name: 'Send the code' }).click()
  await page.getByLabel('Code', { exact: true }).fill(await codeFor(email, known))
  await page.getByLabel('New password', { exact: true }).fill('seven brass lanterns north')
  await page.getByRole('button', { name: 'Set the password and sign in' }).click()
  await expect(menuOf(page, account.username)).toBeVisible()
  await mailSaying(email, /password/i)

  await other.reload()
  await expect(other.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await expect(menuOf(other, account.username)).toBeHidden()
})

test('a code by mail signs in without a password', async ({ page, api }) => {
  const { username } = await api.register()
  const email = `${username}@example.org`
  const known = (await mailsTo(email)).map((mail) => /\d{4} \d{4}/.exec(mail)?.[0] ?? '')
  await page.goto('/sign-in?next=/archive')
  await page.getByRole('button', { name: 'E-mail me a code instead' }).click()
  await page.getByLabel('Username or e-mail').fill(username)
  await page.getByRole('button', { name: 'Send the code' }).click()
  await enterCode(page, (await codeFor(email, known)).replace(' ', ''))
  await expect(page).toHaveURL(/\/archive$/)
  await expect(menuOf(page, username)).toBeVisible()
})

test('two tabs of one session both live on', async ({ page, context, api, signedIn }) => {
  const account = await api.register()
  await signedIn(context, account)
  const second = await context.newPage()
  // Both begin with nothing but the cookie, and ask for an access token at the same time.
  await Promise.all([page.goto('/account/sessions'), second.goto('/account/sessions')])
  await expect(menuOf(page, account.username)).toBeVisible()
  await expect(menuOf(second, account.username)).toBeVisible()
  await Promise.all([page.reload(), second.reload()])
  await expect(menuOf(page, account.username)).toBeVisible()
  await expect(menuOf(second, account.username)).toBeVisible()
})
