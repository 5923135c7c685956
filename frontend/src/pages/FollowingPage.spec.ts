import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { QueryClient } from '@tanstack/vue-query'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession, type PostSummary, type Tag, type User } from '@/api'
import { startSession } from '@/features/accounts'
import { listOf, problem } from '@/test/answers'
import { makeMe, makePostSummary, makeTag, makeUser } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import FollowingPage from './FollowingPage.vue'

const state: { posts: PostSummary[]; people: User[]; tags: Tag[] } = { posts: [], people: [], tags: [] }

beforeEach(() => {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  Object.assign(state, { posts: [], people: [], tags: [] })
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ username: 'ada' }))),
    http.get('*/api/v1/me/feed', () => listOf(state.posts)),
    http.get('*/api/v1/me/following', () => listOf(state.people)),
    http.get('*/api/v1/me/followed-tags', () => listOf(state.tags)),
  )
})

describe('FollowingPage', () => {
  it('shows the posts of those one follows, and who they are', async () => {
    state.posts = [makePostSummary({ title: 'On engines' })]
    state.people = [makeUser({ username: 'grace', display_name: 'Grace Hopper' })]
    await render(FollowingPage)

    expect(await screen.findByRole('link', { name: 'On engines' })).toBeVisible()
    expect(await screen.findByRole('button', { name: 'Stop following Grace Hopper' })).toBeVisible()
  })

  it('shows the tags one follows, to stop without asking about each', async () => {
    let stopped = false
    state.posts = [makePostSummary({ title: 'On engines' })]
    state.tags = [makeTag({ slug: 'gardens', name: 'Gardens' })]
    server.use(
      http.delete('*/api/v1/tags/gardens/follow', () => {
        stopped = true
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await render(FollowingPage)

    const stop = await screen.findByRole('button', { name: 'Stop following the tag Gardens' })
    expect(screen.getByRole('link', { name: 'Gardens' })).toHaveAttribute('href', '/tags/gardens')
    await userEvent.click(stop)
    expect(await screen.findByRole('button', { name: 'Follow the tag Gardens' })).toHaveFocus()
    await expect.poll(() => stopped).toBe(true)
  })

  it('suggests authors to those who follow nobody, and leads on to their posts', async () => {
    server.use(
      http.get('*/api/v1/users', () =>
        listOf([
          makeUser({ username: 'ada', display_name: 'Ada Byron' }),
          makeUser({ username: 'grace', display_name: 'Grace Hopper' }),
          makeUser({ username: 'mary', relation: { following: true, blocked: false } }),
        ]),
      ),
      http.put('*/api/v1/users/grace/follow', () => {
        state.posts = [makePostSummary({ title: 'On compilers' })]
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await render(FollowingPage)
    expect(await screen.findByText('Nobody to follow yet?')).toBeVisible()
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: 'Follow Grace Hopper' }))
    expect(screen.queryByRole('button', { name: /Ada Byron/ })).not.toBeInTheDocument()

    await user.click(await screen.findByRole('button', { name: 'See their posts' }))
    expect(await screen.findByRole('link', { name: 'On compilers' })).toBeVisible()
  })

  it('puts the tags where they stay: below suggestions that are still on their way', async () => {
    let come = (): void => {}
    state.tags = [makeTag({ slug: 'gardens', name: 'Gardens' })]
    server.use(
      http.get('*/api/v1/users', async () => {
        await new Promise<void>((resolve) => (come = resolve))
        return listOf([makeUser({ username: 'grace', display_name: 'Grace Hopper' })])
      }),
    )
    await render(FollowingPage)
    expect(await screen.findByText('Nobody to follow yet?')).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Gardens' })).not.toBeInTheDocument()

    await expect.poll(() => (come(), screen.queryByText('Grace Hopper'))).toBeVisible()
    expect(await screen.findByRole('link', { name: 'Gardens' })).toBeVisible()
  })

  it('waits visibly, and offers another try when the feed can’t be had', async () => {
    server.use(http.get('*/api/v1/me/feed', () => problem(500)))
    await render(FollowingPage)

    expect(screen.getAllByRole('status')[0]).toHaveTextContent('Loading')
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
