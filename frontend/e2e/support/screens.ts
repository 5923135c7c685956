import { known, type Api, type Role } from './api'
import { decided, kept, removed, reported, talkedTo, wayOut } from './scenes'
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
/** A list, with something in it. */
const listed = (name: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole('list', { name }).getByRole('listitem').first()).toBeVisible()
}
const after =
  <Result>(scene: (api: Api) => Promise<Result>, path: string) =>
  async (api: Api): Promise<string> => {
    await scene(api)
    return path
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
  {
    name: 'notifications',
    role: 'reader',
    path: after(talkedTo, '/notifications'),
    ready: listed('Notifications'),
  },
  {
    name: 'notification settings',
    role: 'reader',
    path: () => '/account/notifications',
    ready: part('Notifications', 'Likes'),
  },
  {
    name: 'reading list',
    role: 'reader',
    path: after((api) => kept(api, [post, 'bread-is-arithmetic']), '/reading-list'),
    ready: articles,
  },
  {
    name: 'moderation queue',
    role: 'moderator',
    path: after(reported, '/moderation'),
    ready: async (page) => {
      await listed('Open cases')(page)
      await page.getByText('Keys', { exact: true }).click()
      await expect(page.getByText('next case')).toBeVisible()
    },
  },
  {
    name: 'deciding otherwise',
    role: 'moderator',
    path: after(reported, '/moderation'),
    ready: async (page) => {
      await page.getByRole('button', { name: 'Otherwise …' }).first().click()
      // By keys, as a person would: what moves then is an answer to them.
      await page.getByLabel('Decision', { exact: true }).pressSequentially('Silence')
      await expect(page.getByLabel('For how long')).toBeVisible()
    },
  },
  {
    name: 'closed cases',
    role: 'moderator',
    path: after(decided, '/moderation?show=closed'),
    ready: listed('Closed cases'),
  },
  {
    name: 'appeals',
    role: 'moderator',
    path: after(removed, '/moderation?show=appeals'),
    ready: listed('Appeals'),
  },
  {
    name: 'rules',
    role: 'moderator',
    path: after(
      async (api) => (await api.as(known('moderator'))).rule('Words of dealers', ['discount']),
      '/moderation?show=rules',
    ),
    ready: async (page) => {
      await listed('Rules')(page)
      await page.getByRole('button', { name: 'New rule' }).click()
      await expect(page.getByLabel('Looks for')).toBeVisible()
    },
  },
  {
    name: 'log of decisions',
    role: 'moderator',
    path: after(decided, '/moderation?show=log'),
    ready: listed('Log of decisions'),
  },
  {
    name: 'no moderator',
    role: 'reader',
    path: () => '/moderation',
    ready: heading('This is for moderators'),
  },
  {
    name: 'my reports',
    role: 'reader',
    path: after(decided, '/account/reports'),
    ready: listed('My reports'),
  },
  {
    name: 'decisions about me',
    role: 'reader',
    path: after(removed, '/account/decisions'),
    ready: async (page) => {
      await listed('Decisions about you')(page)
      await page.getByRole('button', { name: 'Appeal', exact: true }).first().click()
      await expect(page.getByLabel('Why should it be looked at again?')).toBeVisible()
    },
  },
  { name: 'appeal by link', path: () => '/appeal#1.1.token', ready: heading('Appeal against a decision') },
  { name: 'unsubscribe', path: wayOut, ready: heading('You won’t get these e-mails any more') },
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
  {
    name: 'not found',
    path: () => '/nowhere',
    ready: heading('Nothing at this address'),
    complaints: [/nowhere/],
  },
  {
    name: 'no such post',
    path: () => '/posts/never-written',
    ready: heading('There is no such post'),
    complaints: [/never-written/],
  },
  {
    name: 'error',
    path: () => `/posts/${post}`,
    // The bare page instead of the document, as when that can't be drawn: the app asks for the post itself.
    prepare: async (page) => {
      await page.route(`**/posts/${post}`, async (route) => {
        const url = new URL('/sign-in', route.request().url()).href
        await route.fulfill({ response: await route.fetch({ url }) })
      })
      await page.route(`**/api/v1/posts/${post}*`, (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'about:blank', title: 'Server error', status: 500, code: 'error' }),
        }),
      )
    },
    ready: heading('Something went wrong on our side'),
    complaints: [/answer 500/, /status of 500/],
  },
]
