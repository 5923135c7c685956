import { known, type Api, type Role } from './api'
import { expect, type Page } from './test'

/** One screen of the publication, and how to get it on a page. */
export interface Screen {
  readonly name: string
  /** Who looks at it; nobody in particular where it is left out. */
  readonly role?: Role
  readonly path: (api: Api) => Promise<string> | string
  /** What shows that it is there. */
  readonly ready: (page: Page) => Promise<void>
  /** Makes it what it is, such as an error. */
  readonly prepare?: (page: Page) => Promise<unknown>
  /** What the browser says of it that belongs to it. */
  readonly complaints?: readonly RegExp[]
}

const heading = (name?: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole('heading', { level: 1, ...(name && { name }) })).toBeVisible()
}
/** A part of the account area, once it has loaded what it says. */
const part = (name: string, words: string) => async (page: Page) => {
  await heading(name)(page)
  await expect(page.getByRole('main').getByText(words).first()).toBeVisible()
}
const articles = async (page: Page): Promise<void> => {
  await expect(page.getByRole('main').getByRole('article').first()).toBeVisible()
}
const post = 'how-long-is-a-coast'

export const screens: readonly Screen[] = [
  { name: 'home', path: () => '/', ready: articles },
  {
    name: 'post',
    path: () => `/posts/${post}`,
    ready: async (page) => {
      await heading()(page)
      await page.getByRole('region', { name: 'Discussion' }).scrollIntoViewIfNeeded()
      await expect(page.getByRole('list', { name: 'Comments' })).toBeVisible()
    },
  },
  {
    name: 'post as a member',
    role: 'moderator',
    path: () => `/posts/${post}`,
    ready: async (page) => {
      await heading()(page)
      await page.getByRole('region', { name: 'Discussion' }).scrollIntoViewIfNeeded()
      await expect(page.getByRole('button', { name: /^Reply/ }).first()).toBeVisible()
    },
  },
  { name: 'tag', path: () => '/tags/sea', ready: articles },
  { name: 'category', path: () => '/categories/maps', ready: articles },
  { name: 'author', path: () => '/authors/ines', ready: articles },
  { name: 'archive', path: () => '/archive', ready: heading('Archive') },
  { name: 'month', path: (api) => api.newestMonth(), ready: articles },
  { name: 'page', path: () => '/pages/about', ready: heading('About Kerf') },
  { name: 'sign-in', path: () => '/sign-in', ready: heading('Sign in') },
  { name: 'sign-up', path: () => '/sign-up', ready: heading('Sign up') },
  { name: 'forgot', path: () => '/forgot', ready: heading('A new password') },
  { name: 'account', role: 'reader', path: () => '/account', ready: heading('Profile') },
  { name: 'security', role: 'reader', path: () => '/account/security', ready: part('Security', 'Passkeys') },
  { name: 'sessions', role: 'reader', path: () => '/account/sessions', ready: part('Sessions', 'This one') },
  {
    name: 'tokens',
    role: 'reader',
    path: () => '/account/tokens',
    ready: async (page) => {
      await heading('Tokens')(page)
      await page.getByRole('button', { name: 'Make a token' }).first().click()
      await expect(page.getByLabel('Read posts')).toBeVisible()
    },
  },
  { name: 'privacy', role: 'reader', path: () => '/account/privacy', ready: part('Privacy', 'Make a') },
  { name: 'following', role: 'reader', path: () => '/following', ready: heading('Following') },
  { name: 'my posts', role: 'author', path: () => '/write', ready: heading('My posts') },
  {
    name: 'editor',
    role: 'editor',
    path: async (api) => {
      const editor = await api.as(known('editor'))
      const { slug } = await editor.draft({
        title: 'A draft on the desk',
        body: 'It begins.\n\n## And goes on\n\nWith *care*.',
      })
      return `/write/posts/${slug}`
    },
    ready: async (page) => {
      await expect(page.getByLabel('Title', { exact: true })).toHaveValue('A draft on the desk')
      await page.getByRole('button', { name: 'Preview' }).click()
      await expect(page.getByRole('region', { name: 'Preview' }).locator('em')).toBeVisible()
    },
  },
  { name: 'not found', path: () => '/nowhere', ready: heading('Nothing at this address') },
  {
    name: 'no such post',
    path: () => '/posts/never-written',
    ready: heading('There is no such post'),
    complaints: [/never-written/],
  },
  {
    name: 'error',
    path: () => `/posts/${post}`,
    prepare: (page) =>
      page.route(`**/api/v1/posts/${post}*`, (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'about:blank', title: 'Server error', status: 500, code: 'error' }),
        }),
      ),
    ready: heading('Something went wrong on our side'),
    complaints: [/answer 500/, /status of 500/],
  },
]
