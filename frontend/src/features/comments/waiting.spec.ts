import { QueryClient } from '@tanstack/vue-query'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { listOf, problem } from '@/test/answers'
import { freshDevice } from '@/test/device'
import { makeComment, makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import CommentThread from './CommentThread.vue'
import { keepWaiting, onOutcome, reopenOutbox } from './outbox'
import { startSending } from './outbox-sending'

const list = '*/api/v1/posts/a/comments'
const me = makeMe({ username: 'ada' })

beforeEach(() => {
  freshDevice()
  reopenOutbox()
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(me)),
    http.get(list, () => listOf([])),
    http.get('*/api/v1/posts/a/comments/status', () =>
      HttpResponse.json({ comment_count: 0, newest: null, locked: false, slow_mode_seconds: 0 }),
    ),
    http.get('*/api/v1/posts/a/my-reactions', () =>
      HttpResponse.json({ liked: false, bookmarked: false, liked_comments: [] }),
    ),
  )
})

/** Sends “Hello” to a server that answers like this; answers the keys that came, in their order. */
async function post(answer: () => Response): Promise<(string | null)[]> {
  const keys: (string | null)[] = []
  server.use(
    http.post(list, ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'))
      return answer()
    }),
  )
  await render(CommentThread, { at: '/posts/a', props: { slug: 'a', open: true, count: 0, editMinutes: 60 } })
  await screen.findByText('No comments yet.')
  await userEvent.type(screen.getByLabelText('Your comment'), 'Hello')
  await userEvent.click(screen.getByRole('button', { name: 'Post the comment' }))
  return keys
}

describe('a comment that no server took', () => {
  it.each([
    ['no answer', () => HttpResponse.error()],
    ['no server behind the proxy', () => problem(502)],
    ['a server that is being restarted', () => problem(503)],
  ])('waits on the device, and is sent under the same key: %s', async (_, failure) => {
    let isBack = false
    const keys = await post(() =>
      isBack
        ? HttpResponse.json(makeComment({ body: 'Hello', author: { ...me, avatar_url: '' } }), {
            status: 201,
          })
        : failure(),
    )
    expect(await screen.findByText(/^Waits on this device/)).toBeVisible()
    await expect.poll(() => screen.getByLabelText('Your comment')).toHaveValue('')
    await expect.poll(() => keys).toHaveLength(2)

    isBack = true
    window.dispatchEvent(new Event('online'))
    await expect.poll(() => screen.queryByText(/^Waits on this device/)).toBeNull()
    expect(screen.getAllByRole('article')).toHaveLength(1)
    expect(new Set(keys).size).toBe(1)
  })

  it.each([
    ['refused', 422],
    ['too soon', 429],
    ['a fault of the server', 500],
  ])('stays in its form where the server said something: %s', async (_, status) => {
    await post(() => problem(status))
    expect(await screen.findByRole('alert')).toHaveTextContent('kept on this device')
    expect(screen.getByLabelText('Your comment')).toHaveValue('Hello')
    expect(screen.queryByRole('article')).not.toBeInTheDocument()
  })
})

describe('a comment that the server took', () => {
  const hello = makeComment({ body: 'Hello', author: { ...me, avatar_url: '' } })
  const open = () =>
    render(CommentThread, { at: '/posts/a', props: { slug: 'a', open: true, count: 0, editMinutes: 60 } })

  /** The thread leaves the server before the comment is there, and comes once what is answered is called. */
  function holdThread(): () => void {
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    server.use(
      http.get(list, async () => {
        await released
        return listOf([])
      }),
    )
    return release
  }

  /** Resolves once the server has been sent a comment. */
  const taking = () =>
    new Promise<void>((resolve) => {
      server.use(
        http.post(list, () => {
          resolve()
          return HttpResponse.json(hello, { status: 201 })
        }),
      )
    })

  it('shows in a thread that had left before', async () => {
    const release = holdThread()
    const taken = taking()
    await open()
    await userEvent.type(await screen.findByLabelText('Your comment'), 'Hello')
    await userEvent.click(screen.getByRole('button', { name: 'Post the comment' }))
    await taken
    await expect.poll(() => screen.getByLabelText('Your comment')).toHaveValue('')
    release()
    expect(await screen.findAllByRole('article')).toHaveLength(1)
  })

  it('shows in a thread that had left before it was sent from the device', async () => {
    const release = holdThread()
    void taking()
    const sent = new Promise((resolve) => onOutcome(({ type }) => type === 'sent' && resolve(type)))
    await keepWaiting({ key: 'mine', username: 'ada', slug: 'a', parent: null, body: 'Hello', writtenAt: 1 })
    await open()
    startSending(new QueryClient())
    await sent
    release()
    expect(await screen.findAllByRole('article')).toHaveLength(1)
    expect(screen.queryByText(/^Waits on this device/)).toBeNull()
  })

  it('shows once where the thread had it already, as the answer to it was lost', async () => {
    server.use(http.get(list, () => listOf([hello])))
    void taking()
    await open()
    expect(await screen.findAllByRole('article')).toHaveLength(1)
    await userEvent.type(screen.getByLabelText('Your comment'), 'Hello')
    await userEvent.click(screen.getByRole('button', { name: 'Post the comment' }))
    await expect.poll(() => screen.getByLabelText('Your comment')).toHaveValue('')
    expect(screen.getAllByRole('article')).toHaveLength(1)
  })
})
