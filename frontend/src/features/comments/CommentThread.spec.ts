import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { QueryClient } from '@tanstack/vue-query'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession, type Comment, type ThreadStatus } from '@/api'
import { startSession } from '@/features/accounts'
import { listOf, problem } from '@/test/answers'
import { makeComment, makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import CommentThread from './CommentThread.vue'
import { draftOf } from './drafts'

const everything = { edit: true, delete: true, reply: true, like: true, report: false }
const me = makeMe({ username: 'ada', display_name: 'Ada Byron' })
const ada = { username: 'ada', display_name: 'Ada Byron', avatar_url: '' }
const own = (given: Partial<Comment> = {}) =>
  makeComment({ author: ada, permissions: everything, body: 'Mine.', body_html: '<p>Mine.</p>', ...given })

const list = '*/api/v1/posts/a/comments'
const one = '*/api/v1/comments/:id'
const answer = (...comments: Comment[]) => server.use(http.get(list, () => listOf(comments)))

const stands = (given: Partial<ThreadStatus> = {}): ThreadStatus => ({
  comment_count: 0,
  newest: null,
  locked: false,
  slow_mode_seconds: 0,
  ...given,
})

beforeEach(() => {
  server.use(
    http.get('*/api/v1/posts/a/comments/status', () => HttpResponse.json(stands())),
    http.get('*/api/v1/posts/a/my-reactions', () =>
      HttpResponse.json({ liked: false, bookmarked: false, liked_comments: [] }),
    ),
  )
})

function signIn() {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(me)))
}

const show = (open = true, at = '/posts/a', count = 2) =>
  render(CommentThread, { at, props: { slug: 'a', open, count, editMinutes: 60 } })
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

  it('begins with the comment that the address names, goes to it, and shows all when asked', async () => {
    const linked = makeComment({ id: 4711 })
    const asked: (string | null)[] = []
    server.use(
      http.get(list, ({ request }) => {
        const around = new URL(request.url).searchParams.get('around')
        asked.push(around)
        return listOf(around ? [linked] : [makeComment(), linked])
      }),
    )
    await show(true, '/posts/a#comment-4711', 5000)

    await expect.poll(() => document.activeElement?.id).toBe('comment-4711')
    expect(asked).toEqual(['4711'])
    await userEvent.click(screen.getByRole('button', { name: 'Show it from the beginning' }))
    await expect.poll(() => screen.getAllByRole('article')).toHaveLength(2)
    expect(asked).toEqual(['4711', null])
  })

  it('opens the rest of a branch in its place', async () => {
    const root = makeComment({ id: 50, more_replies: 1 })
    const last = makeComment({ author: null, guest_name: 'Last' })
    const asked: string[] = []
    server.use(
      http.get(list, ({ request }) => {
        const query = new URL(request.url).searchParams
        if (!query.has('branch')) return listOf([root, last])
        asked.push(`${query.get('branch')}/${query.get('after')}`)
        return listOf([makeComment({ id: 51, parent: 50, depth: 1 })])
      }),
    )
    await show()
    await userEvent.click(await screen.findByRole('button', { name: '1 more reply' }))

    await expect.poll(() => document.activeElement?.id).toBe('comment-51')
    expect(asked).toEqual(['50/50'])
    expect(screen.getAllByRole('article').map(({ id }) => id)).toEqual([
      'comment-50',
      'comment-51',
      `comment-${last.id}`,
    ])
    expect(screen.queryByRole('button', { name: /more repl/ })).not.toBeInTheDocument()
  })

  it('tells of new comments, and shows them when asked', async () => {
    const first = makeComment({ id: 60 })
    server.use(
      http.get(list, ({ request }) =>
        new URL(request.url).searchParams.get('since') === '60'
          ? listOf([makeComment({ id: 61, parent: 60, depth: 1 }), makeComment({ id: 62 })])
          : listOf([first]),
      ),
      http.get('*/api/v1/posts/a/comments/status', () =>
        HttpResponse.json(stands({ newest: 60, comment_count: 1 })),
      ),
    )
    const { queryClient } = await show()
    await screen.findByRole('article')
    await expect.poll(() => queryClient.getQueryData(['comment-status', 'a'])).toBeDefined()
    queryClient.setQueryData(['comment-status', 'a'], stands({ newest: 62, comment_count: 3 }))
    expect(screen.getAllByRole('article')).toHaveLength(1)
    await userEvent.click(await screen.findByRole('button', { name: '2 new comments' }))

    await expect
      .poll(() => screen.getAllByRole('article').map(({ id }) => id))
      .toEqual(['comment-60', 'comment-61', 'comment-62'])
    expect(screen.getAllByText('New')).toHaveLength(2)
    const next = await screen.findByRole('button', { name: /next new one/ })
    await expect.poll(() => document.activeElement).toBe(next)
    await userEvent.click(next)
    await expect.poll(() => document.activeElement?.id).toBe('comment-61')
  })

  it('says that a moderator has locked the thread', async () => {
    answer(makeComment())
    server.use(
      http.get('*/api/v1/posts/a/comments/status', () => HttpResponse.json(stands({ locked: true }))),
    )
    await show()

    expect(await screen.findByText(/moderator has locked/)).toBeVisible()
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
    const parent = makeComment({
      permissions: { edit: false, delete: false, reply: true, like: true, report: false },
    })
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
    answer(
      makeComment({ permissions: { edit: false, delete: true, reply: true, like: true, report: false } }),
    )
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

  it('quotes a comment into the reply', async () => {
    answer(makeComment({ permissions: everything, body: 'One.\n\nTwo.' }))
    await show()
    await userEvent.click(await screen.findByRole('button', { name: 'Quote Grace Hopper' }))

    await expect
      .poll(() => screen.getByLabelText('Your reply to Grace Hopper'))
      .toHaveValue('> One.\n>\n> Two.\n\n')
    expect(screen.getByLabelText('Your reply to Grace Hopper')).toHaveFocus()
  })

  it('names people by keyboard alone', async () => {
    answer()
    server.use(
      http.get('*/api/v1/posts/a/mentionable', () =>
        HttpResponse.json({
          results: [
            { username: 'grace', display_name: 'Grace Hopper', avatar_url: '' },
            { username: 'greta', display_name: 'Greta', avatar_url: '' },
          ],
        }),
      ),
    )
    await show()
    const field = screen.getByLabelText('Your comment')
    await userEvent.type(field, 'Ask @gr')
    const options = await screen.findAllByRole('option')
    expect(options).toHaveLength(2)
    expect(field).toHaveAttribute('aria-activedescendant', options[0]?.id)
    await userEvent.keyboard('{ArrowDown}')
    expect(field).toHaveAttribute('aria-activedescendant', options[1]?.id)
    await userEvent.keyboard('{Enter}')

    expect(field).toHaveValue('Ask @greta ')
    expect(field).toHaveFocus()
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument()
  })

  it('likes at once, and takes it back when the server refuses', async () => {
    let finish = (): void => {}
    const held = new Promise<void>((resolve) => (finish = resolve))
    answer(makeComment({ permissions: everything, like_count: 2 }))
    server.use(
      http.put('*/api/v1/comments/:id/like', async () => {
        await held
        return problem(503)
      }),
    )
    await show()
    const like = await screen.findByRole('button', { name: /^Like the comment by Grace Hopper, 2/ })
    await userEvent.click(like)
    await expect.poll(() => like).toHaveAttribute('aria-pressed', 'true')
    expect(like).toHaveTextContent('3')
    finish()
    await expect.poll(() => like).toHaveAttribute('aria-pressed', 'false')
    expect(like).toHaveTextContent('2')
  })

  it('says how long slow mode makes one wait, and keeps the text', async () => {
    answer()
    server.use(
      http.get('*/api/v1/posts/a/comments/status', () =>
        HttpResponse.json(stands({ slow_mode_seconds: 300 })),
      ),
      http.post(list, () =>
        HttpResponse.json(
          { type: 'about:blank', title: 'Too soon', status: 429, code: 'slow_mode', request_id: 'r' },
          { status: 429, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '90' } },
        ),
      ),
    )
    await show()
    expect(await screen.findByText(/Slow mode: wait 5 minutes/)).toBeVisible()
    await userEvent.type(screen.getByLabelText('Your comment'), 'Again')
    await userEvent.click(screen.getByRole('button', { name: 'Post the comment' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('You can post again in 90 seconds.')
    expect(screen.getByLabelText('Your comment')).toHaveValue('Again')
  })

  it('tells until when one may edit, and where a reply waits that was not sent', async () => {
    draftOf('a', 'reply-70').write('Half a reply')
    const now = new Date()
    answer(own({ id: 70, created_at: now.toISOString() }))
    await show()
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    expect(screen.getByText(/You can change it until/)).toBeVisible()

    await userEvent.click(screen.getByText('Go on with your reply'))
    expect(screen.getByLabelText('Your reply to Ada Byron')).toHaveValue('Half a reply')
  })

  it('lets moderators see what a comment said before', async () => {
    server.use(
      http.get('*/api/v1/me', () => HttpResponse.json({ ...me, permissions: ['moderate_comments'] })),
      http.get('*/api/v1/comments/:id/edits', () =>
        listOf([
          { id: 1, body: 'What it said first.', replaced_at: '2026-03-14T09:26:00Z', replaced_by: null },
        ]),
      ),
    )
    answer(makeComment({ edited_at: '2026-03-14T09:26:00Z', permissions: everything }))
    await show()
    await userEvent.click(
      await screen.findByRole('button', { name: 'More about the comment by Grace Hopper' }),
    )
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Earlier versions' }))

    expect(await screen.findByText('What it said first.')).toBeInTheDocument()
  })
})
