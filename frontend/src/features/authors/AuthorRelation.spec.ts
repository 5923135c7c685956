import { QueryClient } from '@tanstack/vue-query'
import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { problem } from '@/test/answers'
import { makeMe, makeUser } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AuthorRelation from './AuthorRelation.vue'

const done = () => new HttpResponse(null, { status: 204 })

beforeEach(() => {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ username: 'ada' }))))
})

async function open(relation = { following: false, blocked: false }, username = 'grace') {
  const author = makeUser({ username, display_name: 'Grace Hopper', follower_count: 4, relation })
  await render(AuthorRelation, { props: { author } })
  return userEvent.setup()
}

describe('AuthorRelation', () => {
  it('follows at once, counts, and stops again', async () => {
    const sent: string[] = []
    server.use(
      http.put('*/api/v1/users/grace/follow', () => {
        sent.push('follow')
        return done()
      }),
      http.delete('*/api/v1/users/grace/follow', () => {
        sent.push('unfollow')
        return done()
      }),
    )
    const user = await open()
    await user.click(await screen.findByRole('button', { name: 'Follow Grace Hopper' }))
    expect(screen.getByText('5 followers')).toBeVisible()

    await expect.poll(() => sent).toEqual(['follow'])
    await user.click(screen.getByRole('button', { name: 'Stop following Grace Hopper' }))
    expect(screen.getByText('4 followers')).toBeVisible()
    await expect.poll(() => sent).toEqual(['follow', 'unfollow'])
  })

  it('takes it back when the server refuses', async () => {
    server.use(http.put('*/api/v1/users/grace/follow', () => problem(403, { detail: 'Not from here.' })))
    const user = await open()
    await user.click(await screen.findByRole('button', { name: 'Follow Grace Hopper' }))

    expect(await screen.findByText('4 followers')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Follow Grace Hopper' })).toBeVisible()
  })

  it('blocks after saying what that means, and unblocks', async () => {
    server.use(http.put('*/api/v1/users/grace/block', done), http.delete('*/api/v1/users/grace/block', done))
    const user = await open({ following: true, blocked: false })
    await user.click(await screen.findByRole('button', { name: 'More about Grace Hopper' }))
    await user.click(screen.getByRole('menuitem', { name: 'Block Grace Hopper…' }))
    const dialog = screen.getByRole('dialog', { name: 'Block Grace Hopper?' })
    expect(dialog).toHaveTextContent('can no longer comment under your posts')
    await user.click(within(dialog).getByRole('button', { name: 'Block' }))

    expect(await screen.findByText('You have blocked Grace Hopper.')).toBeVisible()
    expect(screen.getByText('3 followers')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Unblock' }))
    expect(await screen.findByRole('button', { name: 'Follow Grace Hopper' })).toBeVisible()
  })

  it('leads to one’s own profile where the page is one’s own', async () => {
    await open(undefined, 'ada')

    expect(await screen.findByRole('link', { name: 'Edit your profile' })).toHaveAttribute('href', '/account')
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })

  it('reports somebody, whom one has blocked too', async () => {
    const user = await open({ following: false, blocked: true })
    await user.click(await screen.findByRole('button', { name: 'More about Grace Hopper' }))
    expect(screen.queryByRole('menuitem', { name: 'Block Grace Hopper…' })).not.toBeInTheDocument()
    await user.click(screen.getByRole('menuitem', { name: 'Report Grace Hopper…' }))

    expect(await screen.findByRole('dialog', { name: 'Report Grace Hopper' })).toBeVisible()
  })
})
