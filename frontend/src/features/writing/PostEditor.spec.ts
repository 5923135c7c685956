import { configure, screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import type { Post, WorkingCopy } from '@/api'
import { listOf, problem } from '@/test/answers'
import { freshDevice } from '@/test/device'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import PostEditor from './PostEditor.vue'
import { toDraft, type Draft } from './saving/draft'
import { journal, reopenJournal, type Entry } from './saving/journal'

vi.mock('./editor/MarkdownEditor.vue', () => import('@/test/PlainEditor.vue'))
vi.mock('./together/PresenceNote.vue', () => ({ default: () => null }))

// A busy machine takes its time.
configure({ asyncUtilTimeout: 5_000 })
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000 })

let post: Post

async function open(initial: Post | null = post, copy: WorkingCopy | null = null) {
  const view = await render(PostEditor, {
    props: { owner: 'ada', language: 'en', initial, copy, from: undefined, mayFeature: false },
  })
  const user = userEvent.setup()
  await screen.findByRole('textbox', { name: 'Text' })
  return { ...view, user, text: () => screen.getByRole('textbox', { name: 'Text' }) }
}

/** Answers each write in turn; the last answer is repeated. Collects what was sent. */
function answerSaves(path: string, ...answers: ((body: object) => Response)[]) {
  const sent: { body: object; ifMatch: string | null; ifNone: string | null }[] = []
  const answer = async ({ request }: { request: Request }) => {
    const body = Object(await request.json())
    const { headers } = request
    sent.push({ body, ifMatch: headers.get('If-Match'), ifNone: headers.get('If-None-Match') })
    const next = answers[Math.min(sent.length, answers.length) - 1]
    return next ? next(body) : HttpResponse.error()
  }
  server.use(
    http.patch(`*/api/v1/posts/${path}`, answer),
    http.put(`*/api/v1/posts/${path}`, answer),
    http.post(`*/api/v1/posts/${path}`, answer),
  )
  return sent
}

const accepted = (version: number) => (body: object) => HttpResponse.json({ ...post, ...body, version })

const makeCopy = (given: Partial<WorkingCopy> = {}): WorkingCopy => ({
  ...{ title: post.title, slug: post.slug, excerpt: post.excerpt, body: post.body },
  ...{ body_format: post.body_format, cover: null, tags: ['Maps'], category: 'craft', language: 'en' },
  ...{ canonical_url: '', comment_policy: 'open', version: 1, base_version: post.version, author: null },
  updated_at: '2026-03-14T09:26:00Z',
  ...given,
})

/** What a visit before this one left on the device. */
async function leave(body: string, given: Partial<Entry['ground']> & { draft?: Partial<Draft> } = {}) {
  const { draft, ...ground } = given
  const base = toDraft(post)
  const writer = journal.writer(() => undefined)
  writer.keep({
    owner: 'ada',
    tab: 'earlier',
    ground: {
      post: { id: post.id, slug: post.slug },
      base,
      sent: [],
      creation: null,
      adopted: [],
      ...ground,
    },
    draft: { ...base, body, ...draft },
    at: Date.parse('2026-03-14T09:26:00Z'),
  })
  await writer.settled()
}

const kept = async () => (await journal.leftBehind('ada')).at(-1)?.draft.body
const saved = () => screen.findByText('Saved')
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

beforeEach(() => {
  freshDevice()
  reopenJournal()
  post = makePost({ slug: 'ink', title: 'Ink', body: 'One.', version: 3, status: 'draft' })
  server.use(
    http.get('*/api/v1/categories', () => listOf([])),
    http.get('*/api/v1/series', () => listOf([])),
    http.get('*/api/v1/posts/ink/checks', () => HttpResponse.json({ results: [] })),
    http.get('*/api/v1/posts/ink/revisions', () =>
      listOf([{ author: { username: 'mina', display_name: 'Mina', avatar_url: '' } }]),
    ),
  )
})

describe('saving', () => {
  it('saves what was typed with the version that was seen, and says so', async () => {
    const sent = answerSaves('ink', accepted(4))
    const { user, text } = await open()
    await user.type(text(), ' Two.')
    expect(screen.getByText('Not saved yet')).toBeInTheDocument()
    await user.keyboard('{Control>}s{/Control}')

    await saved()
    expect(sent).toMatchObject([{ body: { body: 'One. Two.' }, ifMatch: '"3"' }])
    await expect.poll(kept).toBeUndefined()
  })

  it('keeps every keystroke on the device while the server is away', async () => {
    answerSaves('ink', () => HttpResponse.error())
    const { user, text } = await open()
    await user.type(text(), '!')
    await expect.poll(kept).toBe('One.!')
    await user.keyboard('{Control>}s{/Control}')

    expect(await screen.findByText(/kept on this device/)).toBeInTheDocument()
    expect(text()).toHaveValue('One.!')
    expect(await kept()).toBe('One.!')
  })

  it('says that one is signed out, and leaves the way to sign in where it is', async () => {
    const sent = answerSaves('ink', () => problem(401))
    const { user, text } = await open()
    await user.type(text(), '!{Control>}s{/Control}')
    const link = await screen.findByRole('link', { name: 'Sign in' })
    await user.click(link)

    expect(link).toBeInTheDocument()
    expect(sent).toHaveLength(1)
    expect(await kept()).toBe('One.!')
  })

  it('shows what was refused at its field and keeps the text', async () => {
    const errors = [{ pointer: '/slug', detail: 'Another post has this address.', code: 'unique' }]
    answerSaves('ink', () => problem(422, { errors, detail: 'Another post has this address.' }))
    const { user, text } = await open()
    const slug = screen.getByRole('textbox', { name: 'Address' })
    await user.type(slug, '-2')
    await user.type(text(), '{Control>}s{/Control}')

    await eventually(() => expect(slug).toHaveAccessibleDescription(/Another post has this address/))
    expect(slug).toHaveValue('ink-2')
  })

  it('repeats a creation whose answer was lost with the same key and body', async () => {
    const seen: { key: string | null; body: unknown }[] = []
    server.use(
      http.post('*/api/v1/posts', async ({ request }) => {
        const body = Object(await request.json())
        seen.push({ key: request.headers.get('Idempotency-Key'), body })
        return seen.length === 1
          ? HttpResponse.error()
          : HttpResponse.json({ ...post, ...body, version: 1 }, { status: 201 })
      }),
    )
    const sent = answerSaves('ink', accepted(2))
    const { user, text, emitted } = await open(null)
    await user.type(text(), 'First')
    await user.keyboard('{Control>}s{/Control}')
    await screen.findByText(/kept on this device/)
    await user.type(text(), ' second')
    await user.keyboard('{Control>}s{/Control}')

    await eventually(() => expect(sent).toHaveLength(1))
    expect(seen[1]).toEqual(seen[0])
    expect(sent[0]?.body).toMatchObject({ body: 'First second' })
    expect(emitted('created')).toHaveLength(1)
  })

  it('publishes exactly what was saved', async () => {
    answerSaves('ink', accepted(4))
    let version: string | null = ''
    server.use(
      http.post('*/api/v1/posts/ink/publish', ({ request }) => {
        version = request.headers.get('If-Match')
        return HttpResponse.json({ ...post, status: 'published', body: 'One. Two.', version: 5 })
      }),
    )
    const { user, text } = await open()
    await user.type(text(), ' Two.')
    await press('Publish')
    await user.click(await screen.findByRole('button', { name: 'Publish now' }))

    expect(await screen.findByRole('button', { name: 'Update' })).toBeInTheDocument()
    expect(version).toBe('"4"')
  })
})

describe('changes to a published post', () => {
  beforeEach(() => {
    post = { ...post, status: 'published' }
  })

  it('go to a working copy, and to its readers when the author says so', async () => {
    const sent = answerSaves(
      'ink/working-copy',
      (body) => HttpResponse.json(makeCopy({ ...body, version: 1 }), { status: 201 }),
      (body) => HttpResponse.json(makeCopy({ body: 'One. Two', ...body, version: 2 })),
    )
    const { user, text } = await open()
    await user.type(text(), ' Two{Control>}s{/Control}')
    await screen.findByText(/readers don’t see it yet/)
    await user.type(text(), '.')
    const published = answerSaves('ink/working-copy/publish', () =>
      HttpResponse.json({ ...post, body: 'One. Two.', version: 4 }),
    )
    server.use(
      http.post('*/api/v1/posts/ink/working-copy/publish', ({ request }) => {
        published.push({ body: {}, ifMatch: request.headers.get('If-Match'), ifNone: null })
        return HttpResponse.json({ ...post, body: 'One. Two.', version: 4 })
      }),
    )
    await press('Update')
    await userEvent.click(await screen.findByRole('button', { name: 'Update the post' }))

    await saved()
    expect(sent).toMatchObject([
      { body: { body: 'One. Two', base_version: 3 }, ifNone: '*', ifMatch: null },
      { body: { body: 'One. Two.', base_version: 3 }, ifNone: null, ifMatch: '"1"' },
    ])
    expect(published).toMatchObject([{ ifMatch: '"2"' }])
  })

  it('are opened when there are some, which is said', async () => {
    const { text } = await open(post, makeCopy({ body: 'One, changed.' }))
    expect(text()).toHaveValue('One, changed.')
    expect(screen.getByText('Readers don’t see these changes yet.')).toBeInTheDocument()
  })

  it('are discarded, and that can be undone', async () => {
    server.use(
      http.delete('*/api/v1/posts/ink/working-copy', () => new HttpResponse(null, { status: 204 })),
      http.get('*/api/v1/posts/ink', () => HttpResponse.json(post)),
    )
    answerSaves('ink/working-copy', (body) => HttpResponse.json(makeCopy(body), { status: 201 }))
    const { user, text } = await open(post, makeCopy({ body: 'One, changed.' }))
    await press('Discard the changes')
    await eventually(() => expect(text()).toHaveValue('One.'))
    await press('Undo')
    expect(text()).toHaveValue('One, changed.')
    await user.type(text(), '{Control>}s{/Control}')
    await screen.findByText(/readers don’t see it yet/)
  })

  it('meet what was published meanwhile before they are', async () => {
    const theirs = { ...post, title: 'Inks', version: 9, workflow: null }
    const copies = answerSaves('ink/working-copy', (body) =>
      HttpResponse.json(makeCopy({ body: 'One, changed.', ...body, version: 3 })),
    )
    let rounds = 0
    server.use(
      http.get('*/api/v1/posts/ink', () =>
        HttpResponse.json({
          ...theirs,
          workflow: { working_copy: makeCopy({ version: 2, base_version: 3 }) },
        }),
      ),
      http.get('*/api/v1/posts/ink/working-copy', () =>
        HttpResponse.json(makeCopy({ body: 'One, changed.', version: 2, base_version: 3 })),
      ),
      http.get('*/api/v1/posts/ink/revisions', () =>
        listOf([{ number: 1, kind: 'original', post_version: 3, author: null }]),
      ),
      http.get('*/api/v1/posts/ink/revisions/1', () => HttpResponse.json(makeCopy())),
      http.post('*/api/v1/posts/ink/working-copy/publish', () => {
        rounds += 1
        return rounds === 1
          ? problem(412, { current_version: 9 })
          : HttpResponse.json({ ...theirs, body: 'One, changed.', version: 10 })
      }),
    )
    await open(post, makeCopy({ body: 'One, changed.', version: 2, base_version: 3 }))
    await press('Update')
    await userEvent.click(await screen.findByRole('button', { name: 'Update the post' }))

    await saved()
    expect(copies).toMatchObject([{ body: { title: 'Inks', base_version: 9 }, ifMatch: '"2"' }])
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('Inks')
  })
})

describe('what an earlier visit left', () => {
  it('comes back, says from when, and can be discarded and called back', async () => {
    await leave('Left behind.')
    answerSaves('ink', accepted(4), accepted(5), accepted(6))
    const { text } = await open()

    expect(text()).toHaveValue('Left behind.')
    expect(screen.getByText(/It was typed on .*2026/)).toBeInTheDocument()
    await press('Discard it')
    expect(text()).toHaveValue('One.')
    await press('Undo')
    expect(text()).toHaveValue('Left behind.')
  })

  it('is merged with what was saved elsewhere since', async () => {
    await leave('One.\n\nLeft behind.')
    post = { ...post, title: 'Inks', body: 'One more.', version: 8 }
    const sent = answerSaves('ink', accepted(9))
    const { text } = await open()
    expect(text()).toHaveValue('One more.\n\nLeft behind.')
    await saved()
    expect(sent).toMatchObject([{ body: { body: 'One more.\n\nLeft behind.' }, ifMatch: '"8"' }])
  })

  it('is no change of somebody else where the server has a part of it already', async () => {
    await leave('One. And two. And three.', { sent: [{ ...toDraft(post), body: 'One. And two.' }] })
    post = { ...post, body: 'One. And two.', version: 4 }
    answerSaves('ink', accepted(5))
    const { text } = await open()
    expect(text()).toHaveValue('One. And two. And three.')
    await saved()
  })

  it('leaves the choice where both changed the same', async () => {
    await leave('Mine is another story.')
    post = { ...post, body: 'Theirs is quite different.', version: 8 }
    await open()
    expect(await screen.findByRole('heading', { name: /changed the same part/ })).toBeInTheDocument()
    await expect.poll(kept).toBe('Mine is another story.')
  })

  it('asks the server again for a post whose creation was not answered', async () => {
    const body = { title: 'Begun', body: 'One' }
    const draft = { ...toDraft(post), ...body, slug: '' }
    await leave('One and two', { post: null, creation: { key: 'k1', body, draft }, draft: { ...draft } })
    const keys: (string | null)[] = []
    server.use(
      http.post('*/api/v1/posts', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return HttpResponse.json({ ...post, ...body, version: 1 }, { status: 201 })
      }),
    )
    const { emitted } = await open(null)
    await eventually(() => expect(emitted('created')).toHaveLength(1))
    expect(keys).toEqual(['k1'])
  })

  it('is not shown to somebody else', async () => {
    await leave('Hers.')
    await render(PostEditor, {
      props: { owner: 'eve', language: 'en', initial: post, copy: null, from: undefined, mayFeature: false },
    })
    expect(await screen.findByRole('textbox', { name: 'Text' })).toHaveValue('One.')
    expect(await kept()).toBe('Hers.')
  })
})

describe('what somebody else saved meanwhile', () => {
  const meanwhile = (given: Partial<Post>) => {
    const theirs = { ...post, version: 9, ...given }
    server.use(http.get('*/api/v1/posts/ink', () => HttpResponse.json(theirs)))
    return answerSaves(
      'ink',
      () => problem(412, { current_version: 9 }),
      (body) => HttpResponse.json({ ...theirs, ...body, version: 10 }),
    )
  }

  it('is merged where it goes together, says whose it is, and can be taken out again', async () => {
    const sent = meanwhile({ title: 'Inks', body: 'One.\n\nTheirs.' })
    const { user, text } = await open()
    await user.clear(text())
    await user.type(text(), 'One, mine.{Control>}s{/Control}')

    expect(await screen.findByText('Mina’s changes were merged.')).toBeInTheDocument()
    expect(text()).toHaveValue('One, mine.\n\nTheirs.')
    await eventually(() =>
      expect(sent[1]).toMatchObject({ body: { body: 'One, mine.\n\nTheirs.' }, ifMatch: '"9"' }),
    )
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('Inks')
    await press('Undo')
    expect(text()).toHaveValue('One, mine.')
  })

  it('stands beside mine where it does not, and mine can be kept', async () => {
    const sent = meanwhile({ body: 'Theirs altogether.' })
    const { user, text } = await open()
    await user.clear(text())
    await user.type(text(), 'Mine, all of it.{Control>}s{/Control}')

    const conflict = await screen.findByRole('region', { name: /changed the same part/ })
    expect(conflict).toHaveTextContent('Theirs altogether.')
    expect(text()).toHaveValue('Mine, all of it.')
    expect(within(conflict).getByRole('button', { name: 'Go on with this' })).toBeDisabled()
    await user.click(within(conflict).getByRole('radio', { name: 'Keep mine' }))
    await press('Go on with this')
    await eventually(() =>
      expect(sent[1]).toMatchObject({ body: { body: 'Mine, all of it.' }, ifMatch: '"9"' }),
    )
  })

  it('is taken after mine was put aside in the history', async () => {
    meanwhile({ body: 'Theirs altogether.' })
    const aside = answerSaves('ink/revisions', () => HttpResponse.json({}, { status: 201 }))
    const { user, text } = await open()
    await user.clear(text())
    await user.type(text(), 'Mine, all of it.{Control>}s{/Control}')
    await user.click(await screen.findByRole('radio', { name: 'Take theirs' }))
    await press('Go on with this')

    await saved()
    expect(text()).toHaveValue('Theirs altogether.')
    expect(aside).toMatchObject([{ body: { body: 'Mine, all of it.' } }])
    await press('Undo')
    expect(await screen.findByRole('region', { name: /changed the same part/ })).toBeInTheDocument()
    expect(text()).toHaveValue('Mine, all of it.')
  })

  it('is not taken while mine cannot be put aside', async () => {
    meanwhile({ body: 'Theirs altogether.' })
    answerSaves('ink/revisions', () => problem(503))
    const { user, text } = await open()
    await user.clear(text())
    await user.type(text(), 'Mine, all of it.{Control>}s{/Control}')
    await user.click(await screen.findByRole('radio', { name: 'Take theirs' }))
    await press('Go on with this')

    expect(await screen.findByText(/went wrong|try again/i)).toBeInTheDocument()
    expect(text()).toHaveValue('Mine, all of it.')
  })

  it('goes below mine where both are wanted', async () => {
    const sent = meanwhile({ body: 'Theirs altogether.' })
    const { user, text } = await open()
    await user.clear(text())
    await user.type(text(), 'Mine, all of it.{Control>}s{/Control}')
    await user.click(await screen.findByRole('radio', { name: /Keep both/ }))
    await press('Go on with this')
    await eventually(() => expect(sent[1]?.body).toEqual({ body: 'Mine, all of it.\n\nTheirs altogether.' }))
  })
})
