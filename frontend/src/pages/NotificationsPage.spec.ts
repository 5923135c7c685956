import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { QueryClient } from '@tanstack/vue-query'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession } from '@/api'
import { useToasts } from '@/composables/useToasts'
import { startSession } from '@/features/accounts'
import type { Notification } from '@/api'
import { listOf, problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { makeNotification, makePerson } from '@/test/notification-factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import NotificationsPage from './NotificationsPage.vue'

const address = '*/api/v1/me/notifications'
const state: { rows: Notification[]; sent: unknown[] } = { rows: [], sent: [] }

beforeEach(() => {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  Object.assign(state, { rows: [], sent: [] })
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ username: 'ada' }))),
    http.get(address, ({ request }) =>
      listOf(state.rows.filter(({ read }) => !request.url.includes('unread=true') || !read)),
    ),
    http.patch(`${address}/:id`, async ({ params, request }) => {
      const body = (await request.json()) as { read: boolean }
      state.sent.push({ id: Number(params.id), ...body })
      return HttpResponse.json({ ...state.rows.find(({ id }) => id === Number(params.id)), ...body })
    }),
    http.patch(address, async ({ request }) => {
      state.sent.push(await request.json())
      return new HttpResponse(null, { status: 204 })
    }),
  )
})

const rows = async () =>
  within(await screen.findByRole('list', { name: 'Notifications' })).getAllByRole('listitem')

describe('the inbox', () => {
  it('tells each kind in a sentence that leads to its place', async () => {
    const people = [makePerson('ada', 'Ada'), makePerson('bo', 'Bo'), makePerson('cy', 'Cy')]
    state.rows = [
      makeNotification(),
      makeNotification({ kind: 'reply', data: { to: 'post' } }),
      makeNotification({ kind: 'mention' }),
      makeNotification({
        kind: 'webmention',
        actors: [],
        actor_count: 0,
        data: { site: 'elsewhere.example' },
      }),
      makeNotification({ kind: 'like', actors: people, actor_count: 5 }),
      makeNotification({ kind: 'like', comment: null }),
      makeNotification({ kind: 'post', comment: null }),
      makeNotification({ kind: 'decision', actors: [], actor_count: 0, data: { action: 'remove' } }),
      makeNotification({ kind: 'report', actors: [], actor_count: 0, data: {} }),
    ]
    await render(NotificationsPage, { at: '/notifications' })

    const links = (await rows()).map((row) => within(row).getByRole('link'))
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Bo replied to you under “On engines”', '/posts/on-engines#comment-41'],
      ['Bo commented on your post “On engines”', '/posts/on-engines#comment-41'],
      ['Bo mentioned you under “On engines”', '/posts/on-engines#comment-41'],
      ['elsewhere.example mentions your post “On engines”', '/posts/on-engines#comment-41'],
      ['Ada, Bo, and 3 others like your comment under “On engines”', '/posts/on-engines#comment-41'],
      ['Bo likes your post “On engines”', '/posts/on-engines'],
      ['Bo published “On engines”', '/posts/on-engines'],
      ['Your comment under “On engines” was removed', '/account/decisions'],
      ['What you reported was looked at', '/account/reports'],
    ])
    expect(screen.getAllByText('I think so too.')[0]).toBeVisible()
  })

  it('marks what one follows as read', async () => {
    state.rows = [makeNotification({ id: 7 })]
    const { router } = await render(NotificationsPage, { at: '/notifications' })
    await userEvent.click(await screen.findByRole('link', { name: /Bo replied/ }))

    await expect.poll(() => state.sent).toEqual([{ id: 7, read: true }])
    await expect.poll(() => router.currentRoute.value.fullPath).toBe('/posts/on-engines#comment-41')
  })

  it('marks one as read and as unread again, and says so in words', async () => {
    state.rows = [makeNotification({ id: 7 })]
    await render(NotificationsPage, { at: '/notifications' })
    expect((await rows())[0]).toHaveTextContent('Unread:')
    await userEvent.click(screen.getByRole('button', { name: /^Mark as read: Bo/ }))

    const back = await screen.findByRole('button', { name: /^Mark as unread: Bo/ })
    expect((await rows())[0]).not.toHaveTextContent('Unread:')
    await userEvent.click(back)
    await expect
      .poll(() => state.sent)
      .toEqual([
        { id: 7, read: true },
        { id: 7, read: false },
      ])
  })

  it('shows it as it was when marking fails', async () => {
    server.use(http.patch(`${address}/:id`, () => problem(503)))
    state.rows = [makeNotification({ id: 7 })]
    await render(NotificationsPage, { at: '/notifications' })
    await userEvent.click(await screen.findByRole('button', { name: /^Mark as read/ }))

    await expect.poll(() => useToasts().toasts.value.at(-1)?.kind).toBe('error')
    expect(screen.getByRole('button', { name: /^Mark as read/ })).toBeVisible()
  })

  it('marks all that one has before one, and nothing that came meanwhile', async () => {
    state.rows = [makeNotification({ id: 9 }), makeNotification({ id: 7 })]
    await render(NotificationsPage, { at: '/notifications' })
    await rows()
    await userEvent.click(screen.getByRole('button', { name: 'Mark all as read' }))

    await expect.poll(() => state.sent).toEqual([{ read: true, up_to: 9 }])
    await expect.poll(() => screen.queryByText('Unread:')).toBeNull()
  })

  it('shows what is unread alone, under an address of its own', async () => {
    state.rows = [makeNotification(), makeNotification({ kind: 'mention', read: true })]
    await render(NotificationsPage, { at: '/notifications' })
    expect(await rows()).toHaveLength(2)
    await userEvent.click(screen.getByRole('link', { name: 'Unread' }))

    await expect.poll(async () => (await rows()).length).toBe(1)
    expect(screen.getByRole('link', { name: 'Unread' })).toHaveAttribute('aria-current', 'page')
  })

  it('fetches more when asked to', async () => {
    server.use(
      http.get(address, ({ request }) =>
        new URL(request.url).searchParams.get('cursor') === 'p2'
          ? listOf([makeNotification({ kind: 'mention' })])
          : listOf([makeNotification()], 'http://localhost:3000/api/v1/me/notifications?cursor=p2'),
      ),
    )
    await render(NotificationsPage, { at: '/notifications' })
    await userEvent.click(await screen.findByRole('button', { name: 'Show more' }))

    await expect.poll(async () => (await rows()).length).toBe(2)
  })

  it('says what is to be expected where nothing is', async () => {
    await render(NotificationsPage, { at: '/notifications' })

    expect(await screen.findByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Mark all as read' })).toBeDisabled()
  })

  it('says that nothing is unread', async () => {
    await render(NotificationsPage, { at: '/notifications?show=unread' })

    expect(await screen.findByRole('heading', { name: 'Nothing unread' })).toBeVisible()
  })

  it('waits visibly, and offers another try when the server fails', async () => {
    server.use(http.get(address, () => problem(500)))
    await render(NotificationsPage, { at: '/notifications' })

    expect(screen.getByRole('status')).toHaveTextContent('Loading')
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
