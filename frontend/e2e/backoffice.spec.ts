import { known, unique } from './support/api'
import { expect, test } from './support/test'

test('the documentation of the API shows under its policy', async ({ page }) => {
  await page.goto('/api/docs')
  await expect(page.getByRole('heading', { name: /Byline/ }).first()).toBeVisible()
  await expect(page.getByText('/api/v1/posts', { exact: false }).first()).toBeVisible()
})

test('an admin signs in, finds a post, changes it, and readers see it', async ({ page, api }) => {
  const author = await api.as(known('author'))
  const name = unique()
  const { slug } = await author.publish({ title: `Proof ${name}`, body: 'With a slip.' })
  const admin = known('admin')
  await page.goto('/admin/')
  await page.getByLabel(/Username/i).fill(admin.username)
  await page.getByLabel(/Password/i).fill(admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.locator('#content-main').locator('a[href="/admin/posts/post/"]').first().click()
  await page.locator('#searchbar').fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: `Proof ${name}` }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill(`Corrected ${name}`)
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await expect(page.getByText(/was changed successfully/)).toBeVisible()
  await page.goto(`/posts/${slug}`)
  await expect(page.getByRole('heading', { level: 1, name: `Corrected ${name}` })).toBeVisible()
})
