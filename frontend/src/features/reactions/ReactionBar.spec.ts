import { QueryClient } from '@tanstack/vue-query'
import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { beginSession, endSession } from '@/api'
import { useToasts } from '@/composables/useToasts'
import { startSession } from '@/features/accounts'
import { problem } from '@/test/answers'
import { makeMe, makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import ReactionBar from './ReactionBar.vue'

const written = makePost({ slug: 'salt', like_count: 1204 })
const post = { ...written, author: { ...written.author, username: 'grace' } }

async function open({ as = 'member', likes = post.like_count } = {}) {
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(makeMe())))
  startSession(new QueryClient())
  if (as === 'member') beginSession({ access: 'token', expires_in: 600 })
  else endSession()
  const view = await render(ReactionBar, {
    props: { post: { ...post, like_count: likes } },
    at: '/posts/salt?x=1',
  })
  return { ...view, user: userEvent.setup() }
}

const like = () => screen.getByRole('button', { name: 'Like' })
const keep = () => screen.getByRole('button', { name: 'Read later' })

describe('ReactionBar', () => {
  it('says what the reader likes and keeps already', async () => {
    server.use(
      http.get('*/api/v1/posts/salt/my-reactions', () =>
        HttpResponse.json({ liked: true, bookmarked: true, liked_comments: [] }),
      ),
    )
    await open()

    await expect.poll(() => like().getAttribute('aria-pressed')).toBe('true')
    expect(keep()).toHaveAttribute('aria-pressed', 'true')
    expect(screen.getByText('1,204')).toBeVisible()
    expect(screen.getByText('1,204 people like this')).toBeInTheDocument()
  })

  it('likes by keyboard and takes it back', async () => {
    const sent: string[] = []
    server.use(
      http.put('*/api/v1/posts/salt/like', () => {
        sent.push('like')
        return HttpResponse.json({ liked: true, like_count: 1 })
      }),
      http.delete('*/api/v1/posts/salt/like', () => {
        sent.push('unlike')
        return HttpResponse.json({ liked: false, like_count: 0 })
      }),
    )
    const { user } = await open({ likes: 0 })
    expect(screen.getByText('Nobody likes this yet')).toBeInTheDocument()
    await user.tab()
    expect(like()).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(await screen.findByText('One person likes this')).toBeInTheDocument()
    await expect.poll(() => sent).toEqual(['like'])
    await user.keyboard(' ')
    expect(await screen.findByText('Nobody likes this yet')).toBeInTheDocument()
    await expect.poll(() => sent).toEqual(['like', 'unlike'])
    expect(like()).toHaveAttribute('aria-pressed', 'false')
  })

  it('takes back a like that the server refuses', async () => {
    server.use(http.put('*/api/v1/posts/salt/like', () => problem(403, { detail: 'Not from here.' })))
    const { user } = await open()
    await user.click(like())

    await expect.poll(() => useToasts().toasts.value.at(-1)?.message).toBe('Not from here.')
    expect(like()).toHaveAttribute('aria-pressed', 'false')
    expect(screen.getByText('1,204')).toBeVisible()
  })

  it('keeps a post, and leads to the list', async () => {
    server.use(http.put('*/api/v1/posts/salt/bookmark', () => HttpResponse.json({ bookmarked: true })))
    const { user, router } = await open()
    await user.click(keep())

    await expect.poll(() => keep().getAttribute('aria-pressed')).toBe('true')
    const toast = () => useToasts().toasts.value.at(-1)
    await expect.poll(() => toast()?.message).toBe('On your reading list.')
    toast()?.action?.run()
    await expect.poll(() => router.currentRoute.value.name).toBe('reading-list')
  })

  it('asks guests in, and brings them back', async () => {
    await open({ as: 'guest' })

    for (const name of ['Sign in to like this post', 'Sign in to keep this post on your reading list']) {
      expect(screen.getByRole('link', { name })).toHaveAttribute('href', '/sign-in?next=/posts/salt?x=1')
    }
    expect(screen.getByText('1,204')).toBeVisible()
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })

  it('reports the post of somebody else', async () => {
    const sent: unknown[] = []
    server.use(
      http.post('*/api/v1/reports', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({ id: 1, outcome: 'open' }, { status: 201 })
      }),
    )
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Report' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Report this post' }))
    await user.click(await dialog.findByRole('radio', { name: /^Spam/ }))
    await user.click(dialog.getByRole('button', { name: 'Report' }))

    expect(await screen.findByText('Thank you for the report')).toBeVisible()
    expect(sent).toEqual([expect.objectContaining({ post: 'salt', reason: 'spam' })])
  })

  it('offers nobody to report their own', async () => {
    const { rerender } = await open()
    expect(await screen.findByRole('button', { name: 'Report' })).toBeVisible()
    await rerender({ post: { ...post, author: { ...post.author, username: makeMe().username } } })

    expect(screen.getByRole('button', { name: 'Like' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Report' })).not.toBeInTheDocument()
  })
})
