import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { QueryClient } from '@tanstack/vue-query'
import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it } from 'vitest'

import { beginSession, type Post, type ReviewNote } from '@/api'
import { startSession } from '@/features/accounts'
import { listOf, problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { server } from '@/test/server'

import ReviewPanel from './ReviewPanel.vue'
import { makeDraft, permissions, renderBeside } from './beside'

const here = '*/api/v1/posts/tools'
const grace = { username: 'grace', display_name: 'Grace Hopper', avatar_url: '' }
const editorMay = { ...permissions, review: true }
const authorMay = { ...permissions, publish: false }

let count = 0
const makeNote = (given: Partial<ReviewNote> = {}): ReviewNote => ({
  id: ++count,
  kind: 'remark',
  author: grace,
  body: 'Who says so?',
  quote: '',
  created_at: '2026-03-14T09:26:00Z',
  resolved_at: null,
  ...given,
})

interface Sent {
  readonly what: string
  readonly body: unknown
  readonly ifMatch: string | null
}

/** A server that has the post and its remarks, takes the steps of its review, and remembers what was sent. */
function serve(post: Post, notes: ReviewNote[] = []) {
  const sent: Sent[] = []
  let now = post
  const step = (name: string, review_state: 'submitted' | 'approved' | 'sent_back') =>
    http.post(`${here}/${name}`, async ({ request }) => {
      sent.push({ what: name, body: await request.json(), ifMatch: request.headers.get('If-Match') })
      now = { ...now, workflow: { working_copy: null, trashed_at: null, ...now.workflow, review_state } }
      return HttpResponse.json({ ...now, permissions: undefined, workflow: undefined })
    })
  server.use(
    http.get(here, () => HttpResponse.json(now)),
    http.get(`${here}/review-notes`, () => listOf(notes)),
    http.post(`${here}/review-notes`, async ({ request }) => {
      sent.push({ what: 'note', body: await request.json(), ifMatch: null })
      notes.unshift(makeNote({ body: 'New', author: grace }))
      return HttpResponse.json(notes[0], { status: 201 })
    }),
    http.patch(`${here}/review-notes/:id`, async ({ request, params }) => {
      sent.push({ what: `note ${String(params.id)}`, body: await request.json(), ifMatch: null })
      notes = notes.map((note) =>
        note.id === Number(params.id) ? { ...note, resolved_at: note.created_at } : note,
      )
      return HttpResponse.json(notes[0])
    }),
    http.delete(`${here}/review-notes/:id`, ({ params }) => {
      notes = notes.filter(({ id }) => id !== Number(params.id))
      return new HttpResponse(null, { status: 204 })
    }),
    step('submit', 'submitted'),
    step('approve', 'approved'),
    step('send-back', 'sent_back'),
  )
  return sent
}

const open = async (
  post: Post,
  given: Partial<Parameters<typeof renderBeside>[1]> = {},
  notes?: ReviewNote[],
) => {
  const sent = serve(post, notes)
  const view = await renderBeside(ReviewPanel, { post, ...given })
  return { ...view, sent, user: userEvent.setup() }
}

afterEach(() => document.querySelector('.editor')?.remove())

describe('ReviewPanel', () => {
  it('asks for some words before there is a post', async () => {
    await renderBeside(ReviewPanel, { post: null })

    expect(screen.getByRole('heading', { name: 'Nothing to review yet' })).toBeVisible()
  })

  it('waits visibly, and offers another try when the server fails', async () => {
    server.use(http.get(here, () => problem(500)))
    await renderBeside(ReviewPanel, { post: makeDraft() })
    expect(screen.getByRole('status')).toHaveTextContent('Loading')

    const again = await screen.findByRole('button', { name: 'Try again' })
    serve(makeDraft())
    await userEvent.setup().click(again)

    expect(await screen.findByText('Not submitted.')).toBeVisible()
    expect(await screen.findByText('No remarks yet.')).toBeVisible()
  })

  it('submits what is typed after saving it, and says who is told', async () => {
    const post = makeDraft('none', { permissions: authorMay })
    const { user, sent, saved, post: edited } = await open(post, { dirty: true })
    expect(await screen.findByText(/an editor approves posts/)).toBeVisible()
    await user.type(screen.getByLabelText('Note (optional)'), 'The end is new.')
    await user.click(screen.getByRole('button', { name: 'Submit for review' }))

    expect(await screen.findByText('Waits for an editor.')).toBeVisible()
    expect(saved).toEqual(['saved'])
    expect(sent).toEqual([{ what: 'submit', body: { note: 'The end is new.' }, ifMatch: '"3"' }])
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull()
    await expect.poll(() => edited.value?.workflow?.review_state).toBe('submitted')
  })

  it('submits nothing that could not be saved', async () => {
    const { user, sent } = await open(makeDraft(), { dirty: true, saves: false })
    await user.click(await screen.findByRole('button', { name: 'Submit for review' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('could not be saved')
    expect(sent).toEqual([])
  })

  it('lets an editor approve the working copy that was read', async () => {
    const post = makeDraft('submitted', { status: 'published', permissions: editorMay })
    const copy = { version: 7, base_version: 3 } as never
    const { user, sent } = await open(post, { live: true, copy })
    await user.click(await screen.findByRole('button', { name: 'Approve' }))

    expect(await screen.findByText('Approved by an editor.')).toBeVisible()
    expect(sent).toEqual([{ what: 'approve', body: { note: '', working_copy: 7 }, ifMatch: '"3"' }])
  })

  it('asks what is to be changed before it is sent back', async () => {
    const { user, sent } = await open(makeDraft('submitted', { permissions: editorMay }))
    await user.click(await screen.findByRole('button', { name: 'Send back' }))
    const field = screen.getByLabelText('Note (optional)')
    expect(field).toHaveFocus()
    expect(field).toHaveAccessibleDescription(/Say what is to be changed/)

    await user.type(field, 'Name your source.')
    await user.click(screen.getByRole('button', { name: 'Send back' }))

    expect(await screen.findByText('Sent back for changes.')).toBeVisible()
    expect(sent[0]?.body).toEqual({ note: 'Name your source.' })
  })

  it('says so when the text has changed since it was read', async () => {
    const { user } = await open(makeDraft('submitted', { permissions: editorMay }))
    server.use(http.post(`${here}/approve`, () => problem(412, { current_version: 4 })))
    await user.click(await screen.findByRole('button', { name: 'Approve' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('The text has changed')
  })

  it('has nothing to submit of a post that readers see as it is', async () => {
    await open(makeDraft('none', { status: 'published' }), { live: true })

    expect(await screen.findByText(/Readers see the post as it is/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Submit for review' })).toBeNull()
  })

  it('writes a remark on the passage that is selected', async () => {
    const { user, sent } = await open(makeDraft())
    const editor = Object.assign(document.createElement('div'), { className: 'editor' })
    document.body.append(editor)
    const state = EditorState.create({ doc: 'One. Some tools ask.', selection: { anchor: 5, head: 20 } })
    const view = new EditorView({ parent: editor, state })
    await user.click(await screen.findByRole('button', { name: 'Write a remark' }))
    expect(screen.getByLabelText('Remark')).toHaveFocus()
    expect(screen.getByRole('figure')).toHaveTextContent('Some tools ask.')
    await user.click(screen.getByRole('button', { name: 'Add the remark' }))
    expect(screen.getByLabelText('Remark')).toHaveAccessibleDescription('Write something first.')

    await user.type(screen.getByLabelText('Remark'), 'Which?')
    await user.click(screen.getByRole('button', { name: 'Add the remark' }))

    expect(await screen.findByText('New')).toBeVisible()
    expect(sent).toEqual([
      { what: 'note', body: { body: 'Which?', quote: 'Some tools ask.' }, ifMatch: null },
    ])
    expect(screen.getByRole('button', { name: 'Write a remark' })).toHaveFocus()
    view.destroy()
  })

  it('shows a quoted passage in the text, or says that it is gone', async () => {
    const { user } = await open(makeDraft(), {}, [
      makeNote({ quote: 'tools ask' }),
      makeNote({ quote: 'never' }),
    ])
    const editor = Object.assign(document.createElement('div'), { className: 'editor' })
    document.body.append(editor)
    const view = new EditorView({ parent: editor, state: EditorState.create({ doc: 'Some tools ask.' }) })
    await user.click(await screen.findByRole('button', { name: /tools ask/ }))

    const { from, to } = view.state.selection.main
    expect(view.state.sliceDoc(from, to)).toBe('tools ask')
    await user.click(screen.getByRole('button', { name: /never/ }))
    expect(view.state.selection.main.from).toBe(from)
    view.destroy()
  })

  it('closes the form by Escape and keeps what was typed', async () => {
    const { user } = await open(makeDraft())
    await user.click(await screen.findByRole('button', { name: 'Write a remark' }))
    await user.keyboard('Half a{Escape}')
    await user.click(await screen.findByRole('button', { name: 'Write a remark' }))

    expect(screen.getByLabelText('Remark')).toHaveValue('Half a')
  })

  it('resolves a remark, and removes one after asking', async () => {
    startSession(new QueryClient())
    beginSession({ access: 'token', expires_in: 600 })
    server.use(http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ username: 'grace' }))))
    const notes = [makeNote({ body: 'First' }), makeNote({ body: 'Step', kind: 'sent_back' })]
    const { user, sent } = await open(makeDraft(), {}, notes)
    const rows = within(await screen.findByRole('list', { name: 'Remarks and steps of the review' }))
    await user.click(
      rows.getAllByRole('button', { name: 'Resolve the remark by Grace Hopper' })[0] as HTMLElement,
    )
    expect(await screen.findByText('Resolved')).toBeVisible()
    expect(sent[0]?.body).toEqual({ resolved: true })

    await user.click(await screen.findByRole('button', { name: 'Remove the remark by Grace Hopper' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }))

    await expect.poll(() => screen.queryByText('First')).toBeNull()
    expect(screen.getByText('Grace Hopper sent it back')).toBeVisible()
  })

  it('learns what others did to the post', async () => {
    const { post, queryClient } = await open(makeDraft('submitted'))
    await screen.findByText('Waits for an editor.')
    serve(makeDraft('approved'))
    await queryClient.refetchQueries()

    expect(await screen.findByText(/Approved by an editor/)).toBeVisible()
    expect(post.value?.workflow?.review_state).toBe('approved')
  })
})
