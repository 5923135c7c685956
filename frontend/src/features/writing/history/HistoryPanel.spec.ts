import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, ref, shallowRef } from 'vue'

import type { Post, Revision, RevisionSummary, WorkingCopy } from '@/api'
import { listOf, problem } from '@/test/answers'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { toDraft } from '../saving/draft'
import { editingKey, type Editing } from '../saving/editing'

import HistoryPanel from './HistoryPanel.vue'

const address = '*/api/v1/posts/salt/revisions'
const now = new Date(2026, 2, 14, 12, 0)
const ada = { username: 'ada', display_name: 'Ada Byron', avatar_url: '' }

const makeRevision = (number: number, given: Partial<Revision> = {}): Revision => ({
  number,
  kind: 'saved',
  name: '',
  post_version: number,
  author: ada,
  created_at: new Date(2026, 2, 14, 8, number * 7).toISOString(),
  word_count: 2,
  restored_from: null,
  title: 'Salt',
  slug: 'salt',
  excerpt: '',
  body: `Text ${number}.`,
  body_format: 'markdown',
  cover: null,
  tags: [],
  category: null,
  language: 'en',
  canonical_url: '',
  comment_policy: 'open',
  ...given,
})

const summary = (revision: Revision): RevisionSummary => {
  const { number, kind, name, post_version, author, created_at, word_count, restored_from } = revision
  return { number, kind, name, post_version, author, created_at, word_count, restored_from }
}

const working = (revision: Revision): WorkingCopy => ({
  ...revision,
  version: 1,
  base_version: 3,
  updated_at: revision.created_at,
})

interface Scene {
  readonly post?: Post | null
  readonly live?: boolean
  readonly saves?: boolean
  readonly copy?: WorkingCopy
}

/** The panel as it stands in the editor; `sent` collects what it asks the server to do. */
async function open(revisions: Revision[], { post, live = false, saves = true, copy }: Scene = {}) {
  const present =
    post === undefined ? makePost({ slug: 'salt', title: 'Salt', body: 'As it is.', version: 3 }) : post
  const sent: { to: string; body: unknown; match: string | null; none: string | null }[] = []
  const listen = async (request: Request) => {
    const { pathname } = new URL(request.url)
    sent.push({
      to: pathname.replace('/api/v1/posts/salt/', ''),
      body: await request.json(),
      match: request.headers.get('If-Match'),
      none: request.headers.get('If-None-Match'),
    })
  }
  server.use(
    http.get(address, () => listOf(revisions.map(summary))),
    http.get(`${address}/:number`, ({ params }) => {
      const found = revisions.find(({ number }) => number === Number(params.number))
      return found ? HttpResponse.json(found) : problem(404)
    }),
    http.post(address, async ({ request }) => {
      await listen(request)
      return HttpResponse.json({ ...revisions[0], name: 'First draft' }, { status: 201 })
    }),
    http.patch(`${address}/:number`, async ({ request }) => {
      await listen(request)
      return HttpResponse.json({ ...revisions[0], name: 'As printed' })
    }),
    http.post(`${address}/:number/restore`, async ({ request }) => {
      await listen(request)
      return live
        ? HttpResponse.json(working(makeRevision(1)), { status: 201 })
        : HttpResponse.json(makePost({ slug: 'salt', version: 4, body: 'Text 1.' }))
    }),
  )
  const editing: Editing = {
    post: shallowRef(present),
    draft: toDraft(present ?? makePost()),
    state: ref('saved'),
    dirty: computed(() => false),
    live: computed(() => live),
    workingCopy: shallowRef(copy ?? null),
    save: vi.fn(() => Promise.resolve(saves)),
    replacePost: vi.fn(),
    replaceWorkingCopy: vi.fn(),
    publishChanges: vi.fn(),
    discardChanges: vi.fn(),
    setBody: vi.fn(),
    insert: vi.fn(),
  }
  await render(HistoryPanel, { provide: { [editingKey]: editing } })
  return { editing, sent, user: userEvent.setup() }
}

const rows = () => within(screen.getByRole('list', { name: 'What this post was' })).getAllByRole('button')

async function openRow(user: ReturnType<typeof userEvent.setup>, at: number) {
  await screen.findByRole('list')
  const row = rows()[at]
  if (row) await user.click(row)
  return screen.findByRole('dialog')
}

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('HistoryPanel', () => {
  it('lists versions by day, with author, length and what they were', async () => {
    await open([
      makeRevision(5, { kind: 'restored', restored_from: 2, word_count: 12 }),
      makeRevision(4, { kind: 'kept', author: null, word_count: 20 }),
      makeRevision(3, { name: 'As printed', created_at: new Date(2026, 2, 13, 23, 59).toISOString() }),
      makeRevision(2, { created_at: new Date(2026, 2, 2, 9, 30).toISOString() }),
      makeRevision(1, { kind: 'original', created_at: new Date(2025, 0, 2, 9, 0).toISOString() }),
    ])

    const days = await screen.findAllByRole('heading', { level: 3 })
    expect(days.map((day) => day.textContent)).toEqual([
      'Today',
      'Yesterday',
      'Monday, March 2',
      'January 2, 2025',
    ])
    const [first, second, third] = rows()
    expect(first).toHaveTextContent('Ada Byron')
    expect(first).toHaveTextContent('12 words, 8 fewer')
    expect(first).toHaveTextContent('Brought back from Mar 2, 2026')
    expect(second).toHaveTextContent('Somebody who has left')
    expect(second).toHaveTextContent('20 words, 18 more')
    expect(second).toHaveTextContent('Put aside')
    expect(third).toHaveTextContent('As printed')
    expect(rows()).toHaveLength(5)
  })

  it('folds the saves of one sitting, and unfolds them', async () => {
    const minute = (at: number) => ({ created_at: new Date(2026, 2, 14, 9, at).toISOString() })
    const { user } = await open([4, 3, 2, 1].map((number) => makeRevision(number, minute(number))))
    const fold = await screen.findByRole('button', { name: 'Show 2 earlier saves of this sitting' })
    expect(rows()).toHaveLength(3)

    await user.click(fold)

    expect(rows()).toHaveLength(4)
    expect(fold).not.toBeInTheDocument()
    expect(rows()[1]).toHaveFocus()
  })

  it('shows what changed since the version before, and until now', async () => {
    const { user } = await open([
      makeRevision(2, { body: 'Salt keeps well.', title: 'Sea salt' }),
      makeRevision(1, { body: 'Salt keeps.' }),
    ])
    const dialog = await openRow(user, 0)

    expect(await within(dialog).findByText(/well/)).toHaveTextContent('added: well')
    expect(within(dialog).getByText('Title')).toBeVisible()
    await user.selectOptions(within(dialog).getByLabelText('Show'), 'Changes from then to now')
    expect(await within(dialog).findByText(/As it is/, { selector: 'ins' })).toBeVisible()
    await user.selectOptions(within(dialog).getByLabelText('Show'), 'The whole text')
    expect(await within(dialog).findByText('Salt keeps well.')).toBeVisible()
  })

  it('shows a version as readers would see it', async () => {
    server.use(
      http.post('*/api/v1/markdown/preview', async ({ request }) => {
        expect(await request.json()).toEqual({ body: '<p>Hi</p>', format: 'html', purpose: 'post' })
        return HttpResponse.json({ body_html: '<p>Hi there</p>' })
      }),
    )
    const { user } = await open([makeRevision(1, { body: '<p>Hi</p>', body_format: 'html' })])
    const dialog = await openRow(user, 0)

    expect(within(dialog).queryByRole('option', { name: 'Changes since the version before' })).toBeNull()
    expect(await within(dialog).findByText('<p>Hi</p>')).toBeVisible()
    await user.selectOptions(within(dialog).getByLabelText('Show'), 'As readers would see it')
    expect(await within(dialog).findByText('Hi there')).toBeVisible()
  })

  it('brings a draft back after asking, once what is typed is saved', async () => {
    const { editing, sent, user } = await open([makeRevision(2), makeRevision(1)])
    const dialog = await openRow(user, 1)
    await user.click(within(dialog).getByRole('button', { name: 'Bring it back …' }))
    const question = screen.getByRole('dialog', { name: /^Bring back the version of/ })
    expect(question).toHaveTextContent('The present text stays in the history.')
    expect(sent).toEqual([])

    await user.click(within(question).getByRole('button', { name: 'Bring it back' }))

    await waitFor(() =>
      expect(editing.replacePost).toHaveBeenCalledWith(expect.objectContaining({ version: 4 })),
    )
    expect(editing.save).toHaveBeenCalledOnce()
    expect(sent).toEqual([{ to: 'revisions/1/restore', body: { to: 'post' }, match: '"3"', none: null }])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('brings it back into a new working copy of what readers see', async () => {
    const { editing, sent, user } = await open([makeRevision(1)], { live: true })
    await user.click(within(await openRow(user, 0)).getByRole('button', { name: 'Bring it back …' }))
    const question = screen.getByRole('dialog', { name: /^Bring back/ })
    expect(question).toHaveTextContent('readers see it when you publish it')
    await user.click(within(question).getByRole('button', { name: 'Bring it back' }))

    await waitFor(() => expect(editing.replaceWorkingCopy).toHaveBeenCalled())
    expect(sent).toEqual([
      { to: 'revisions/1/restore', body: { to: 'working_copy' }, match: null, none: '*' },
    ])
    expect(editing.replacePost).not.toHaveBeenCalled()
  })

  it('brings it back into the working copy that is there', async () => {
    const copy = { ...working(makeRevision(1)), version: 7 }
    const { sent, user } = await open([makeRevision(1)], { live: true, copy })
    await user.click(within(await openRow(user, 0)).getByRole('button', { name: 'Bring it back …' }))
    await user.click(screen.getByRole('button', { name: 'Bring it back' }))

    await waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({ body: { to: 'working_copy' }, match: '"7"', none: null })
  })

  it('brings nothing back while what is typed can’t be saved', async () => {
    const { sent, user } = await open([makeRevision(1)], { saves: false })
    await user.click(within(await openRow(user, 0)).getByRole('button', { name: 'Bring it back …' }))
    await user.click(screen.getByRole('button', { name: 'Bring it back' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('The present text could not be saved')
    expect(sent).toEqual([])
  })

  it('says so when somebody else saved meanwhile', async () => {
    const { editing, user } = await open([makeRevision(1)])
    server.use(http.post(`${address}/1/restore`, () => problem(412, { current_version: 9 })))
    await user.click(within(await openRow(user, 0)).getByRole('button', { name: 'Bring it back …' }))
    await user.click(screen.getByRole('button', { name: 'Bring it back' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody else saved meanwhile')
    expect(editing.replacePost).not.toHaveBeenCalled()
  })

  it('names the version as it is now', async () => {
    const { editing, sent, user } = await open([makeRevision(1)])
    await user.click(await screen.findByRole('button', { name: 'Name this version …' }))
    const dialog = screen.getByRole('dialog', { name: 'Name the version as it is now' })
    await user.click(within(dialog).getByRole('button', { name: 'Name it' }))
    expect(within(dialog).getByLabelText('Name')).toBeInvalid()
    await user.type(within(dialog).getByLabelText('Name'), 'First draft{Enter}')

    await waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({ to: 'revisions', body: { name: 'First draft' } })
    expect(editing.save).toHaveBeenCalled()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('names an earlier version and takes the name away again', async () => {
    const { sent, user } = await open([makeRevision(1, { name: 'Old name' })])
    await user.click(within(await openRow(user, 0)).getByRole('button', { name: 'Rename …' }))
    const dialog = screen.getByRole('dialog', { name: 'Name this version' })
    expect(within(dialog).getByLabelText('Name')).toHaveValue('Old name')
    await user.clear(within(dialog).getByLabelText('Name'))
    await user.click(within(dialog).getByRole('button', { name: 'Name it' }))

    await waitFor(() =>
      expect(sent).toEqual([{ to: 'revisions/1', body: { name: '' }, match: null, none: null }]),
    )
  })

  it('says when a version is not kept any more', async () => {
    const { user } = await open([makeRevision(1)])
    server.use(http.get(`${address}/1`, () => problem(404)))
    const dialog = await openRow(user, 0)

    expect(await within(dialog).findByRole('alert')).toHaveTextContent('not kept any more')
  })

  it('waits visibly, and says where nothing is kept yet', async () => {
    await open([])

    expect(screen.getByRole('status')).toHaveTextContent('Loading')
    expect(await screen.findByText(/The history begins with the next change/)).toBeVisible()
  })

  it('offers another try when the server fails', async () => {
    server.use(http.get(address, () => problem(500)))
    const post = makePost({ slug: 'salt' })
    const editing = {
      post: shallowRef(post),
      draft: toDraft(post),
      live: computed(() => false),
      workingCopy: ref(null),
    }
    await render(HistoryPanel, { provide: { [editingKey]: editing } })

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })

  it('has nothing to show of a post that is only begun', async () => {
    await open([], { post: null })

    expect(screen.getByText('The history begins with the first save.')).toBeVisible()
  })
})
