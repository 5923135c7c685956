import { signIn } from './support/people'
import { expect, test } from './support/test'

test('a wrong password is told at the form, and the name stays', async ({ page, api, complaints }) => {
  complaints.expect(/answer 401.*auth\/token/, /status of 401.*auth\/token/)
  const { username, password } = await api.register()
  await page.goto('/sign-in?next=/archive')
  await signIn(page, username, `${password}?`)
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByLabel('Username or e-mail')).toHaveValue(username)
  await expect(page).toHaveURL(/\/sign-in/)
  await signIn(page, username, password)
  await expect(page).toHaveURL(/\/archive$/)
})

test('what is missing is told at its field', async ({ page, complaints, api }) => {
  complaints.expect(/answer 4\d\d.*auth\/register/, /status of 4\d\d.*auth\/register/)
  const { username } = await api.register()
  await page.goto('/sign-up')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page.getByLabel('E-mail')).toBeFocused()
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/Enter your e-mail address/)
  await expect(page.getByLabel('Username')).toHaveAccessibleDescription(/Choose a username/)
  await page.getByLabel('Username').fill(username.toUpperCase())
  await page.getByLabel('E-mail').fill(`${username}@example.org`)
  await page.getByLabel('Password', { exact: true }).fill('nine pails of water')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page.getByLabel('Username')).toHaveAttribute('aria-invalid', 'true')
})

test('a page for members asks to sign in, and comes back', async ({ page, api }) => {
  const { username, password } = await api.register()
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await signIn(page, username, password)
  await expect(page).toHaveURL(/\/account$/)
  await page.getByLabel('About you').fill('Reads with a pencil.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Saved.')
  await page.reload()
  await expect(page.getByLabel('About you')).toHaveValue('Reads with a pencil.')
})
