import { known, unique } from './support/api'
import { expectAccessible } from './support/axe'
import { expect, test } from './support/test'

test('an author reads what a post was, and brings it back to the byte by keyboard', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const author = await api.as(known('author'))
  const before = 'Salt keeps.  \n\nIt keeps what it touches.\n\n\n'
  const { slug } = await author.draft({ title: `Salt ${unique()}`, body: before })
  await author.change(slug, { body: 'Salt keeps.\n\nIt spoils what it touches.\n' })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)

  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('button', { name: 'Name this version …' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Second thoughts')
  await page.keyboard.press('Enter')
  const versions = page.getByRole('list', { name: 'What this post was' })
  await expect(versions.getByRole('button')).toHaveCount(2)
  await expect(versions.getByRole('button').first()).toContainText('Second thoughts')

  await versions.getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Second thoughts' })
  await expect(dialog.locator('del').filter({ hasText: 'keeps' })).toBeVisible()
  await expect(dialog.locator('ins').filter({ hasText: 'spoils' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await page.keyboard.press('Tab')
  await expect(versions.getByRole('button').last()).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Bring it back …' }).press('Enter')
  await page.getByRole('button', { name: 'Bring it back', exact: true }).press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(versions.getByRole('button')).toHaveCount(3)
  await expect(page.getByLabel('Text', { exact: true })).toContainText('It keeps what it touches.')
  expect((await author.post(slug)).body).toBe(before)
  expect(await author.history(slug)).toEqual([before, 'Salt keeps.\n\nIt spoils what it touches.\n', before])
})

test('a version of what readers see comes back as a change that they do not see yet', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const author = await api.as(known('author'))
  const { slug } = await author.draft({ title: `Brine ${unique()}`, body: 'As it was first.' })
  await author.change(slug, { body: 'As readers know it.' })
  await author.publishNow(slug)
  await page.setViewportSize({ width: 390, height: 844 })
  await signedIn(context, known('author'))
  await page.goto(`/write/posts/${slug}`)

  await page.getByRole('tab', { name: 'History' }).click()
  const versions = page.getByRole('list', { name: 'What this post was' })
  await versions.getByRole('button').last().click()
  await page.getByLabel('Show').selectOption('As readers would see it')
  await expect(page.getByRole('dialog').getByText('As it was first.')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: 'Bring it back …' }).click()
  await page.getByRole('button', { name: 'Bring it back', exact: true }).click()
  await expect(versions.getByRole('button').first()).toContainText('Brought back from')
  await expect(page.getByLabel('Text', { exact: true })).toContainText('As it was first.')
  expect((await author.post(slug)).body).toBe('As readers know it.')
})
