import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { QueryClient } from '@tanstack/vue-query'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession, type Comment } from '@/api'
import { startSession } from '@/features/accounts'
import { listOf, problem } from '@/test/answers'
import { makeComment, makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import CommentThread from './CommentThread.vue'

const everything = { edit: true, delete: true, reply: true }
const me = makeMe({ username: 'ada', display_name: 'Ada Byron' })
const ada = { username: 'ada', display_name: 'Ada Byron', avatar_url: '' }
const own = (given: Partial<Comment> = {}) =>
  makeComment({ author: ada, permissions: everything, body: 'Mine.', body_html: '<p>Mine.</p>', ...given })

const list = '*/api/v1/posts/a/comments'
const one = '*/api/v1/comments/:id'
const answer = (...comments: Comment[]) => server.use(http.get(list, () => listOf(comments)))

function signIn() {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(me)))
}

const show = (open = true, at = '/posts/a') => render(CommentThread, { at, props: { slug: 'a', open } })
const item = (name: string) => screen.findByRole('article', { name })

describe('CommentThread, signed out', () => {
  beforeEach(() => {
    startSession(new QueryClient())
  })

  it('waits, then shows the thread and invites to sign in and come back', async () => {
    answer(makeComment(), makeComment({ depth: 1 }))
    await show()

    expect(screen.getByRole('status')).toHaveTextContent('Loading')
    expect(await screen.findAllByRole('article')).toHaveLength(2)
    expect(screen.getByRole('link', { name: 'sign in' })).toHaveAttribute(
      'href',
      '/sign-in?next=/posts/a%23comments',
    )
  })

  it('says that there is nothing yet', async () => {
    answer()
    await show()

    expect(await screen.findByText('No comments yet.')).toBeVisible()
  })

  it('offers another try after an error', async () => {
    server.use(http.get(list, () => problem(503), { once: true }))
    await show()
    const retry = await screen.findByRole('button', { name: 'Try again' })
    answer(makeComment())
    await userEvent.click(retry)

    expect(await item('Grace Hopper')).toBeVisible()
  })

  it('says that the discussion is closed', async () => {
    answer(makeComment())
    await show(false)

    expect(await screen.findByText(/Comments are closed/)).toBeVisible()
    expect(screen.queryByRole('link', { name: 'sign in' })).not.toBeInTheDocument()
  })

  it('keeps the place of what is gone', async () => {
    answer(
      makeComment({ status: 'deleted', author: null, body: '', body_html: '' }),
      makeComment({ status: 'removed', author: null, body: '', body_html: '' }),
    )
    await show()

    expect(await screen.findByText('This comment was deleted by its author.')).toBeVisible()
    expect(screen.getByText('This comment was removed by a moderator.')).toBeVisible()
  })

  it('fetches on until the comment that the address names is there, and goes to it', async () => {
    const last = makeComment({ id: 4711 })
    server.use(
      http.get(list, ({ request }) =>
        new URL(request.url).searchParams.get('cursor') === 'two'
          ? listOf([last])
          : listOf([makeComment()], 'http://localhost:3000/api/v1/posts/a/comments?cursor=two'),
      ),
    )
    await show(true, '/posts/a#comment-4711')

    await expect.poll(() => document.activeElement?.id).toBe('comment-4711')
  })

  it('says when the linked comment is not there', async () => {
    answer(makeComment())
    await show(true, '/posts/a#comment-99999')

    expect(await screen.findByText(/The linked comment isn’t here/)).toBeVisible()
  })
})

describe('CommentThread, signed in', () => {
  beforeEach(signIn)

  it('shows a new comment at once, and as the server has it when it answers', async () => {
    let finish = (): void => {}
    const held = new Promise<void>((resolve) => (finish = resolve))
    answer(makeComment())
    server.use(
      http.post(list, async () => {
        await held
        return HttpResponse.json(own({ id: 77, body_html: '<p>Hello <em>there</em></p>' }), { status: 201 })
      }),
    )
    const { emitted } = await show()
    await screen.findAllByRole('article')
    await userEvent.type(screen.getByLabelText('Your comment'), 'Hello *there*')
    await userEvent.click(screen.getByRole('button', { name: 'Post the comment' }))

    expect(await screen.findByText('Sending…')).toBeVisible()
    expect(screen.getByText('Hello *there*', { selector: 'p' })).toBeVisible()
    finish()
    expect(await screen.findByText('there', { selector: 'em' })).toBeVisible()
    await expect.poll(() => screen.getByLabelText('Your comment')).toHaveValue('')
    expect(emitted('changed')).toHaveLength(1)
  })

  it('takes it back when it fails, keeps the text, and sends it again under the same key', async () => {
    const keys: (string | null)[] = []
    answer()
    server.use(
      http.post(list, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return HttpResponse.error()
      }),
    )
    await show()
    await screen.findByText('No comments yet.')
    const field = screen.getByLabelText('Your comment')
    const post = screen.getByRole('button', { name: 'Post the comment' })
    await userEvent.type(field, 'Hello')
    await userEvent.click(post)

    expect(await screen.findByRole('alert')).toHaveTextContent('kept on this device')
    expect(field).toHaveValue('Hello')
    expect(screen.queryByRole('article')).not.toBeInTheDocument()
    await userEvent.click(post)
    await expect.poll(() => keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
  })

  it('remembers what was typed and not sent', async () => {
    answer()
    const { unmount } = await show()
    await userEvent.type(screen.getByLabelText('Your comment'), 'Half a tho')
    unmount()
    await show()

    expect(screen.getByLabelText('Your comment')).toHaveValue('Half a tho')
  })

  it('replies in place, below the comment', async () => {
    const parent = makeComment({ permissions: { edit: false, delete: false, reply: true } })
    let sent: unknown
    answer(parent, makeComment({ author: ada }))
    server.use(
      http.post(list, async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json(own({ parent: parent.id, depth: 1, body_html: '<p>Indeed.</p>' }), {
          status: 201,
        })
      }),
    )
    await show()
    await userEvent.click(await screen.findByRole('button', { name: 'Reply to Grace Hopper' }))
    const field = screen.getByLabelText('Your reply to Grace Hopper')
    expect(field).toHaveFocus()
    await userEvent.type(field, 'Indeed.')
    await userEvent.click(screen.getByRole('button', { name: 'Post the reply' }))

    expect(await screen.findByText('Indeed.')).toBeVisible()
    expect(sent).toEqual({ body: 'Indeed.', parent: parent.id })
    await expect.poll(() => screen.queryByLabelText('Your reply to Grace Hopper')).toBeNull()
    expect(
      within(screen.getByRole('list', { name: 'Comments' })).getAllByRole('listitem')[1],
    ).toHaveTextContent('Indeed.')
  })

  it('edits one’s own; somebody else’s change costs no text', async () => {
    const versions: (string | null)[] = []
    const mine = own({ id: 5, version: 1 })
    answer(mine)
    server.use(
      http.patch(one, ({ request }) => {
        versions.push(request.headers.get('If-Match'))
        return versions.length === 1
          ? problem(412, { current_version: 2 })
          : HttpResponse.json({ ...mine, body_html: '<p>Mine, mended.</p>', version: 3 })
      }),
      http.get(one, () =>
        HttpResponse.json({ ...mine, body_html: '<p>From the other tab.</p>', version: 2 }),
      ),
    )
    await show()
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    const field = screen.getByLabelText('Your comment, to be changed')
    expect(field).toHaveValue('Mine.')
    await userEvent.clear(field)
    await userEvent.type(field, 'Mine, mended.')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('changed elsewhere')
    expect(field).toHaveValue('Mine, mended.')
    expect(screen.getByText('From the other tab.')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Mine, mended.', { selector: 'p' })).toBeVisible()
    expect(versions).toEqual(['"1"', '"2"'])
  })

  it('deletes after asking, and puts it back when the server refuses', async () => {
    answer(own({ id: 6 }))
    server.use(http.delete(one, () => problem(503), { once: true }))
    await show()
    await userEvent.click(await screen.findByRole('button', { name: 'Delete' }))
    const dialog = await screen.findByRole('dialog', { name: 'Delete your comment?' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }))

    expect(await within(dialog).findByRole('alert')).toHaveTextContent('Something went wrong')
    expect(screen.getByText('Mine.')).toBeInTheDocument()
    server.use(http.delete(one, () => new HttpResponse(null, { status: 204 })))
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }))
    await expect.poll(() => screen.queryByText('Mine.')).toBeNull()
  })

  it('lets a moderator remove what others wrote', async () => {
    answer(makeComment({ permissions: { edit: false, delete: true, reply: true } }))
    await show()

    expect(await screen.findByRole('button', { name: 'Remove' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument()
  })

  it('previews as the server renders it', async () => {
    answer()
    server.use(
      http.post('*/api/v1/markdown/preview', () =>
        HttpResponse.json({ body_html: '<p>So <strong>bold</strong></p>' }),
      ),
    )
    await show()
    await userEvent.type(screen.getByLabelText('Your comment'), 'So **bold**')
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }))

    expect(await screen.findByText('bold', { selector: 'strong' })).toBeVisible()
  })
})
