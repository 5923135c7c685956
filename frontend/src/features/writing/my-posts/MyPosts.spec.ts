import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it } from 'vitest'

import type { PostActionRequest, PostSummary } from '@/api'
import { useToasts } from '@/composables/useToasts'
import { listOf, problem } from '@/test/answers'
import { makePost, makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'
import ToastRegion from '@/ui/ToastRegion.vue'

import MyPosts from './MyPosts.vue'
import type { Tab } from './tabs'

const Desk = {
  components: { MyPosts, ToastRegion },
  props: ['tab', 'search', 'mayReview'],
  template: '<MyPosts :tab="tab" :search="search" :may-review="mayReview" /><ToastRegion />',
}
const open = (tab: Tab = 'draft', given: { search?: string; mayReview?: boolean; at?: string } = {}) => {
  const { at = '/', ...props } = given
  return render(Desk, { at, props: { tab, search: '', mayReview: false, ...props } })
}

const ink = makePostSummary({ slug: 'ink', title: 'Ink', status: 'draft', version: 3 })
const salt = makePostSummary({ slug: 'salt', title: 'Salt', status: 'draft', version: 5 })
const listing = (posts: readonly PostSummary[]) => server.use(http.get('*/api/v1/posts', () => listOf(posts)))

/** Remembers what was asked to be done, and says that all of it was. */
function acting(answer: (asked: PostActionRequest) => readonly object[] | undefined = () => undefined) {
  const asked: PostActionRequest[] = []
  server.use(
    http.post<never, PostActionRequest>('*/api/v1/post-actions', async ({ request }) => {
      const body = await request.json()
      asked.push(body)
      const results = body.posts.map(({ slug, version }) => ({ slug, done: true, version: version + 1 }))
      return HttpResponse.json({ results: answer(body) ?? results })
    }),
  )
  return asked
}

async function menu(title: string) {
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${title}` }))
  return within(screen.getByRole('menu'))
}

afterEach(() => {
  const { toasts, dismiss } = useToasts()
  for (const { id } of toasts.value) dismiss(id)
})

describe('MyPosts', () => {
  it('asks for one’s own posts of the tab and leads to the editor', async () => {
    const asked: URLSearchParams[] = []
    server.use(
      http.get('*/api/v1/posts', ({ request }) => {
        asked.push(new URL(request.url).searchParams)
        return listOf([makePostSummary({ slug: 'ink', title: '', status: 'draft' })])
      }),
    )
    await open('draft', { search: 'old maps' })
    expect(await screen.findByRole('link', { name: 'Untitled' })).toHaveAttribute('href', '/write/posts/ink')
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ mine: 'true', status: 'draft', q: 'old maps' })
    expect(screen.getByRole('link', { name: 'Drafts' })).toHaveAttribute('aria-current', 'page')
    expect(screen.queryByRole('link', { name: 'To review' })).toBeNull()
  })

  it.each<[Tab, string]>([
    ['draft', 'No drafts'],
    ['scheduled', 'Nothing is scheduled'],
    ['published', 'Nothing is published yet'],
    ['archived', 'Nothing is archived'],
    ['trashed', 'The trash is empty'],
    ['submitted', 'Nothing waits for a review'],
  ])('says what %s is for when it is empty', async (tab, words) => {
    listing([])
    await open(tab, { mayReview: true })
    expect(await screen.findByRole('heading', { name: words })).toBeInTheDocument()
    expect(screen.queryByRole('checkbox')).toBeNull()
  })

  it('waits visibly', async () => {
    server.use(http.get('*/api/v1/posts', () => new Promise<HttpResponse<null>>(() => undefined)))
    await open()
    expect(screen.getByRole('status')).toHaveTextContent('Loading')
  })

  it('offers another try when the server fails', async () => {
    server.use(http.get('*/api/v1/posts', () => problem(500)))
    await open()
    expect(await screen.findByRole('button', { name: /again/i })).toBeInTheDocument()
  })

  it('shows editors what waits for their review, by whom, and nothing to tick', async () => {
    let asked = ''
    server.use(
      http.get('*/api/v1/posts', ({ request }) => {
        asked = new URL(request.url).search
        return listOf([ink])
      }),
    )
    await open('submitted', { mayReview: true })
    expect(await screen.findByText('by Ada Byron')).toBeInTheDocument()
    expect(asked).toContain('review=submitted')
    expect(asked).not.toContain('mine')
    expect(screen.queryByRole('checkbox')).toBeNull()
  })

  it('says that nothing was found, and leads back to all', async () => {
    listing([])
    await open('published', { search: 'nowhere' })
    expect(await screen.findByRole('heading', { name: 'No title has these words' })).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Show all of them' })).toHaveAttribute(
      'href',
      '/write?status=published',
    )
  })

  it('puts what is searched for into the address', async () => {
    listing([ink])
    const { router } = await open('archived', { at: '/write?status=archived' })
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search by title' }), ' old maps{Enter}')
    await waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/write?status=archived&q=old+maps'))
  })

  it('tells of changes that are held back, and of a review', async () => {
    const workflow = { review_state: 'none', trashed_at: null, working_copy: null } as const
    const copy = { version: 2, base_version: 1, updated_at: '2026-03-14T09:26:00Z' }
    listing([
      makePostSummary({ status: 'published', workflow: { ...workflow, working_copy: copy } }),
      makePostSummary({ status: 'draft', workflow: { ...workflow, review_state: 'sent_back' } }),
    ])
    await open()
    expect(await screen.findByText('Changes that readers don’t see yet')).toBeInTheDocument()
    expect(screen.getByText('Sent back by an editor')).toBeInTheDocument()
  })

  it('says when something in the trash is deleted for good', async () => {
    const workflow = { review_state: 'none', trashed_at: '2026-03-01T12:00:00Z', working_copy: null } as const
    listing([makePostSummary({ title: 'Old', status: 'trashed', workflow })])
    await open('trashed')
    expect(
      await screen.findByText(/To be deleted on .*Mar 31, 2026|To be deleted on 31 Mar 2026/),
    ).toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Old' })).toBeNull()
  })
})

describe('a post’s menu', () => {
  it('puts it into the trash at the version that was shown, and takes that back', async () => {
    listing([ink])
    const asked = acting()
    await open()
    await userEvent.click((await menu('Ink')).getByRole('menuitem', { name: 'Move to trash' }))
    expect(await screen.findByText('“Ink” is in the trash.')).toBeInTheDocument()
    expect(asked).toEqual([{ action: 'trash', posts: [{ slug: 'ink', version: 3 }] }])
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('“Ink” is back.')).toBeInTheDocument()
    expect(asked[1]).toEqual({ action: 'restore', posts: [{ slug: 'ink', version: 4 }] })
  })

  it('asks before it publishes', async () => {
    listing([ink])
    const asked = acting()
    await open()
    await userEvent.click((await menu('Ink')).getByRole('menuitem', { name: 'Publish …' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Publish “Ink”?' }))
    expect(asked).toEqual([])
    await userEvent.click(dialog.getByRole('button', { name: 'Publish' }))
    expect(await screen.findByText('“Ink” is published.')).toBeInTheDocument()
    expect(asked).toEqual([{ action: 'publish', posts: [{ slug: 'ink', version: 3 }] }])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('does nothing when one thinks better of it', async () => {
    listing([makePostSummary({ title: 'Old', status: 'trashed' })])
    const asked = acting()
    await open('trashed')
    await userEvent.click((await menu('Old')).getByRole('menuitem', { name: 'Delete for good …' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete “Old” for good?' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(asked).toEqual([])
  })

  it('copies a post once, and leads to the copy', async () => {
    listing([ink])
    const keys: (string | null)[] = []
    server.use(
      http.post('*/api/v1/posts/ink/duplicate', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return HttpResponse.json(makePost({ slug: 'ink-copy' }), { status: 201 })
      }),
    )
    const { router } = await open()
    await userEvent.click((await menu('Ink')).getByRole('menuitem', { name: 'Duplicate' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Open it' }))
    await waitFor(() => expect(router.currentRoute.value.path).toBe('/write/posts/ink-copy'))
    expect(keys).toHaveLength(1)
    expect(keys[0]).toBeTruthy()
  })

  it('offers a co-author only what they may do', async () => {
    const permissions = {
      edit: true,
      delete: false,
      publish: false,
      feature: false,
      review: false,
      co_authors: false,
      comment: true,
    }
    listing([{ ...ink, permissions }])
    await open()
    const items = (await menu('Ink')).getAllByRole('menuitem').map(({ textContent }) => textContent?.trim())
    expect(items).toEqual(['Edit', 'Duplicate', 'Archive'])
  })

  it('says why a step was refused', async () => {
    listing([ink])
    acting(({ posts }) => {
      const refusal = { ...posts[0], done: false, problem: { code: 'version_conflict', detail: 'Stale.' } }
      return [refusal]
    })
    await open()
    await userEvent.click((await menu('Ink')).getByRole('menuitem', { name: 'Archive' }))
    expect(await screen.findByText(/“Ink”: Somebody changed it in the meantime/)).toBeInTheDocument()
    expect(screen.queryByText(/is archived/)).toBeNull()
  })

  it('says so when the server cannot be reached', async () => {
    listing([ink])
    server.use(http.post('*/api/v1/post-actions', () => HttpResponse.error()))
    await open()
    await userEvent.click((await menu('Ink')).getByRole('menuitem', { name: 'Archive' }))
    expect(await screen.findByText(/connection/i)).toBeInTheDocument()
  })
})

describe('several posts', () => {
  it('go to the trash together, and come back together', async () => {
    listing([ink, salt])
    const asked = acting()
    await open()
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Ink' }))
    expect(screen.getByText('1 selected')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all' }))
    expect(screen.getByText('2 selected')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Move to trash' }))
    expect(await screen.findByText('2 posts are in the trash.')).toBeInTheDocument()
    expect(asked[0]?.posts).toEqual([
      { slug: 'ink', version: 3 },
      { slug: 'salt', version: 5 },
    ])
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('2 posts are back.')).toBeInTheDocument()
    expect(asked[1]?.posts.map(({ version }) => version)).toEqual([4, 6])
  })

  it('tell those that were done from those that were not', async () => {
    listing([ink, salt])
    acting(({ posts }) => {
      const [first, second] = posts
      const refusal = { slug: second?.slug, done: false, problem: { code: 'invalid', detail: 'No title.' } }
      return [{ ...first, done: true }, refusal]
    })
    await open()
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all' }))
    await userEvent.click(screen.getByRole('button', { name: 'Publish …' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Publish 2 posts?' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Publish' }))
    expect(await screen.findByText('“Salt”: No title.')).toBeInTheDocument()
    expect(screen.getByText('“Ink” is published.')).toBeInTheDocument()
  })

  it('are no longer ticked once they are gone', async () => {
    let shown = [ink, salt]
    server.use(http.get('*/api/v1/posts', () => listOf(shown)))
    acting(() => {
      shown = [salt]
      return undefined
    })
    await open()
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Ink' }))
    await userEvent.click(screen.getByRole('button', { name: 'Archive' }))
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'Select Ink' })).toBeNull())
    expect(screen.queryByText('1 selected')).toBeNull()
    expect(document.activeElement).toHaveAccessibleName('Your drafts')
  })
})
