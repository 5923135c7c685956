import { expect, type Page } from './test'

/** Signs in as a person does. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username or e-mail').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Opens a post where its discussion begins. */
export async function openThread(page: Page, slug: string): Promise<void> {
  await page.goto(`/posts/${slug}#comments`)
  await expect(page.getByRole('region', { name: 'Discussion' })).toBeVisible()
}

/** All comments with this text, their placeholders included. */
export const commentsWith = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })

/** The comment with this text, its placeholder included. */
export const commentWith = (page: Page, text: string) => commentsWith(page, text).last()
