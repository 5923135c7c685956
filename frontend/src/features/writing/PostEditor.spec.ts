import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import type { Post } from '@/api'
import { listOf, problem } from '@/test/answers'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { journal } from './saving/journal'
import PostEditor from './PostEditor.vue'

// Another post for each test: what one leaves on the device is none of the next one's business.
let post: Post

async function open(initial: Post | null = post) {
  const view = await render(PostEditor, {
    props: { owner: 'ada', language: 'en', initial, mayFeature: false },
  })
  const user = userEvent.setup()
  return { ...view, user, text: () => screen.getByRole('textbox', { name: 'Text' }) }
}

/** Answers each PATCH in turn; the last answer is repeated. Collects what was sent. */
function answerSaves(...answers: ((body: object) => Response)[]) {
  const sent: { body: object; ifMatch: string | null }[] = []
  server.use(
    http.patch('*/api/v1/posts/ink', async ({ request }) => {
      const body = Object(await request.json())
      sent.push({ body, ifMatch: request.headers.get('If-Match') })
      const answer = answers[Math.min(sent.length, answers.length) - 1]
      return answer ? answer(body) : HttpResponse.error()
    }),
  )
  return sent
}

const accepted = (version: number) => (body: object) => HttpResponse.json({ ...post, ...body, version })

beforeEach(() => {
  localStorage.clear()
  post = makePost({ slug: 'ink', title: 'Ink', body: 'One.', version: 3, status: 'draft' })
  server.use(http.get('*/api/v1/categories', () => listOf([])))
})

describe('PostEditor', () => {
  it('saves what was typed with the version that was seen, and says so', async () => {
    const sent = answerSaves(accepted(4))
    const { user, text } = await open()
    await user.type(text(), ' Two.')
    expect(screen.getByText('Not saved yet')).toBeInTheDocument()
    await user.keyboard('{Control>}s{/Control}')

    expect(await screen.findByText('Saved')).toBeInTheDocument()
    expect(sent).toEqual([{ body: { body: 'One. Two.' }, ifMatch: '"3"' }])
    expect(journal.read(post.id, 'ada')).toBeNull()
  })

  it('keeps every keystroke on the device while the server is away', async () => {
    answerSaves(() => HttpResponse.error())
    const { user, text } = await open()
    await user.type(text(), '!')
    expect(journal.read(post.id, 'ada')?.draft.body).toBe('One.!')
    await user.keyboard('{Control>}s{/Control}')

    expect(await screen.findByText(/kept on this device/)).toBeInTheDocument()
    expect(text()).toHaveValue('One.!')
    expect(journal.read(post.id, 'ada')?.draft.body).toBe('One.!')
  })

  it('keeps changes of a published post from its readers until the author says so', async () => {
    post = { ...post, status: 'published' }
    const sent = answerSaves(accepted(4))
    const { user, text } = await open()
    await user.type(text(), ' Tw')
    await user.tab()

    expect(screen.getByText(/until you press Update/)).toBeInTheDocument()
    expect(journal.read(post.id, 'ada')?.draft.body).toBe('One. Tw')
    expect(sent).toEqual([])
    await user.type(text(), 'o.')
    await user.click(screen.getByRole('button', { name: 'Update' }))
    expect(await screen.findByText('Saved')).toBeInTheDocument()
    expect(sent).toEqual([{ body: { body: 'One. Two.' }, ifMatch: '"3"' }])
  })

  it('says that one is signed out, and leaves the way to sign in where it is', async () => {
    const sent = answerSaves(() => problem(401))
    const { user, text } = await open()
    await user.type(text(), '!{Control>}s{/Control}')
    const link = await screen.findByRole('link', { name: 'Sign in' })
    await user.click(link)

    expect(link).toBeInTheDocument()
    expect(sent).toHaveLength(1)
    expect(journal.read(post.id, 'ada')?.draft.body).toBe('One.!')
  })

  it('brings back what an earlier visit left, and can discard it', async () => {
    const draft = { ...journalDraft(), body: 'Left behind.' }
    journal.write(post.id, { owner: 'ada', draft, base: { draft: journalDraft(), version: 3 }, at: 0 })
    const { user, text } = await open()

    expect(text()).toHaveValue('Left behind.')
    await user.click(screen.getByRole('button', { name: 'Discard it' }))
    expect(text()).toHaveValue('One.')
  })

  it('discards what came back even when it has been saved by then', async () => {
    const draft = { ...journalDraft(), body: 'Left behind.' }
    journal.write(post.id, { owner: 'ada', draft, base: { draft: journalDraft(), version: 3 }, at: 0 })
    const sent = answerSaves(accepted(4))
    const { user, text } = await open()
    await user.type(text(), '{Control>}s{/Control}')
    await screen.findByText('Saved')
    await user.click(screen.getByRole('button', { name: 'Discard it' }))
    await user.type(text(), '{Control>}s{/Control}')

    await vi.waitFor(() => expect(sent.at(-1)?.body).toEqual({ body: 'One.' }))
    expect(text()).toHaveValue('One.')
  })

  it('does not show somebody else what was left on the device', async () => {
    journal.write(post.id, { owner: 'eve', draft: { ...journalDraft(), body: 'Hers.' }, base: null, at: 0 })
    const { text } = await open()
    expect(text()).toHaveValue('One.')
  })

  it('merges what somebody else changed elsewhere in the post', async () => {
    const theirs = { ...post, title: 'Inks', version: 9 }
    server.use(http.get('*/api/v1/posts/ink', () => HttpResponse.json(theirs)))
    const sent = answerSaves(
      () => problem(412, { current_version: 9 }),
      (body) => HttpResponse.json({ ...theirs, ...body, version: 10 }),
    )
    const { user, text } = await open()
    await user.type(text(), ' Two.')
    await user.keyboard('{Control>}s{/Control}')

    await vi.waitFor(() => expect(sent[1]).toEqual({ body: { body: 'One. Two.' }, ifMatch: '"9"' }))
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('Inks')
  })

  it('puts both versions side by side when the same field was changed', async () => {
    const theirs = { ...post, body: 'Theirs.', version: 9 }
    server.use(http.get('*/api/v1/posts/ink', () => HttpResponse.json(theirs)))
    const sent = answerSaves(
      () => problem(412, { current_version: 9 }),
      (body) => HttpResponse.json({ ...theirs, ...body, version: 10 }),
    )
    const { user, text } = await open()
    await user.type(text(), ' Mine.')
    await user.keyboard('{Control>}s{/Control}')

    expect(await screen.findByText('Theirs.')).toBeInTheDocument()
    expect(text()).toHaveValue('One. Mine.')
    await user.click(screen.getByRole('button', { name: 'Keep mine' }))
    await vi.waitFor(() => expect(sent[1]).toEqual({ body: { body: 'One. Mine.' }, ifMatch: '"9"' }))
  })

  it('shows what was refused at its field and keeps the text', async () => {
    const errors = [{ pointer: '/slug', detail: 'Another post has this address.', code: 'unique' }]
    answerSaves(() => problem(422, { errors, detail: 'Another post has this address.' }))
    const { user } = await open()
    const slug = screen.getByRole('textbox', { name: 'Address' })
    await user.type(slug, '-2')
    await user.type(screen.getByRole('textbox', { name: 'Text' }), '{Control>}s{/Control}')

    await vi.waitFor(() => expect(slug).toHaveAccessibleDescription(/Another post has this address/))
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
    const sent = answerSaves(accepted(2))
    const { user, text, emitted } = await open(null)
    await user.type(text(), 'First')
    await user.keyboard('{Control>}s{/Control}')
    await screen.findByText(/kept on this device/)
    await user.type(text(), ' second')
    await user.keyboard('{Control>}s{/Control}')

    await vi.waitFor(() => expect(sent).toHaveLength(1))
    expect(seen[1]).toEqual(seen[0])
    expect(sent[0]?.body).toMatchObject({ body: 'First second' })
    expect(emitted('created')).toHaveLength(1)
  })

  it('publishes exactly what was saved', async () => {
    answerSaves(accepted(4))
    let version: string | null = ''
    server.use(
      http.post('*/api/v1/posts/ink/publish', ({ request }) => {
        version = request.headers.get('If-Match')
        return HttpResponse.json({ ...post, status: 'published', body: 'One. Two.', version: 5 })
      }),
    )
    const { user, text } = await open()
    await user.type(text(), ' Two.')
    await user.click(screen.getByRole('button', { name: 'Publish' }))

    expect(await screen.findByRole('button', { name: 'Unpublish' })).toBeInTheDocument()
    expect(version).toBe('"4"')
  })
})

function journalDraft() {
  return {
    title: 'Ink',
    slug: 'ink',
    excerpt: post.excerpt,
    body: 'One.',
    tags: 'Maps',
    category: 'craft',
    coverUrl: '',
    coverAlt: '',
    canonicalUrl: '',
    language: 'en',
    commentPolicy: 'open' as const,
    featured: false,
  }
}
