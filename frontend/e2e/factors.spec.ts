import { known } from './support/api'
import { addAuthenticator } from './support/authenticator'
import { signIn } from './support/people'
import { expect, test, type Page } from './support/test'
import { totp } from './support/totp'

const menuOf = (page: Page, username: string) => page.getByRole('button', { name: username })

async function signOut(page: Page, username: string): Promise<void> {
  await menuOf(page, username).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
}

test('an authenticator app and its recovery codes open the account beside the password', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const account = await api.register()
  await signedIn(context, account)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Set up' }).click()
  const secret = (await page.getByLabel('Key', { exact: true }).textContent()) ?? ''
  await page.getByLabel('Code from the app').fill(totp(secret))
  await page.getByRole('button', { name: 'Switch it on' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const recoveryCode = (await codes.first().textContent())?.trim() ?? ''
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('Your account is well guarded')).toBeVisible()

  await signOut(page, account.username)
  await page.goto('/sign-in')
  await signIn(page, account.username, account.password)
  await page.getByLabel('Code from your app').fill(totp(secret, 1))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(menuOf(page, account.username)).toBeVisible()

  await signOut(page, account.username)
  await page.goto('/sign-in')
  await signIn(page, account.username, account.password)
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await page.getByLabel('Recovery code').fill(recoveryCode)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(menuOf(page, account.username)).toBeVisible()
  await page.goto('/account/security')
  await expect(page.getByText('9 left', { exact: true }).first()).toBeVisible()
})

test('a passkey opens the account alone', async ({ page, context, api, signedIn }) => {
  const account = await api.register()
  const device = await addAuthenticator(page)
  await signedIn(context, account)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name of the passkey').fill('Desk')
  await page.getByRole('button', { name: 'Make the passkey' }).click()
  await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  expect(await device.credentials()).toBe(1)

  await device.touch(false)
  await signOut(page, account.username)
  await page.goto('/sign-in')
  // What the fields themselves offer has been asked for, and waits; what the button asks for is answered at once.
  await page.waitForLoadState('networkidle')
  await device.touch(true)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(menuOf(page, account.username)).toBeVisible()
  await page.goto('/account/sessions')
  await expect(page.getByText('by passkey').first()).toBeVisible()
})

test('staff with a second factor enter the admin from the site, and there with a code', async ({
  page,
  another,
  signedIn,
  context,
}) => {
  const account = known('keeper')
  await signedIn(context, account)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Set up' }).click()
  const secret = (await page.getByLabel('Key', { exact: true }).textContent()) ?? ''
  await page.getByLabel('Code from the app').fill(totp(secret))
  await page.getByRole('button', { name: 'Switch it on' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()

  await menuOf(page, 'Robin Keeper').click()
  await page.getByRole('menuitem', { name: 'Administration' }).click()
  await expect(page).toHaveURL(/\/admin\//)
  await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()

  const elsewhere = await (await another()).newPage()
  await elsewhere.goto('/admin/')
  await elsewhere.getByLabel('Username or e-mail address').fill(account.username)
  await elsewhere.getByLabel('Password').fill(account.password)
  await elsewhere.getByRole('button', { name: 'Log in' }).click()
  await elsewhere.getByRole('textbox').fill(totp(secret, 1))
  await elsewhere.getByRole('button', { name: /^(Go on|Log in|Continue)/ }).click()
  await expect(elsewhere.getByRole('button', { name: 'Log out' })).toBeVisible()

  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Not set up')).toBeVisible()
})
