import { QueryClient } from '@tanstack/vue-query'
import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { problem } from '@/test/answers'
import { makeMe, makeUser } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import CoAuthors from './CoAuthors.vue'

const ada = { username: 'ada', display_name: 'Ada Byron', avatar_url: '' }
const grace = { username: 'grace', display_name: 'Grace Hopper', avatar_url: '' }
const people = '*/api/v1/posts/tools/co-authors/:name'

async function open(given: { coAuthors?: (typeof ada)[]; mayChoose?: boolean; me?: string } = {}) {
  const done: string[] = []
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  const answer = (method: string, name: unknown): HttpResponse<null> => {
    done.push(`${method} ${String(name)}`)
    return new HttpResponse(null, { status: 204 })
  }
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ username: given.me ?? 'ada' }))),
    http.get('*/api/v1/users/:name', ({ params }) =>
      params.name === 'mina'
        ? HttpResponse.json(makeUser({ username: 'mina', display_name: 'Mina Okafor' }))
        : problem(404),
    ),
    http.put(people, ({ params }) => answer('put', params.name)),
    http.delete(people, ({ params }) => answer('delete', params.name)),
  )
  const view = await render(CoAuthors, {
    props: {
      slug: 'tools',
      author: ada,
      coAuthors: given.coAuthors ?? [],
      mayChoose: given.mayChoose ?? true,
    },
  })
  return { ...view, done, user: userEvent.setup() }
}

describe('CoAuthors', () => {
  it('finds somebody by username and adds them, by keyboard alone', async () => {
    const { user, done, emitted } = await open()
    expect(screen.getByText('Nobody writes this with Ada Byron yet.')).toBeVisible()
    await user.type(screen.getByRole('searchbox', { name: 'Add a co-author' }), '@mina')
    expect(screen.getByText('Looking for mina…')).toBeVisible()
    await screen.findByRole('button', { name: 'Add Mina Okafor' })
    await user.keyboard('{Enter}')

    await expect.poll(() => done).toEqual(['put mina'])
    await expect.poll(() => emitted().changed).toHaveLength(1)
    expect(screen.getByRole('searchbox')).toHaveValue('')
  })

  it('says when there is nobody of that name, and who writes the post already', async () => {
    const { user } = await open({ coAuthors: [{ ...grace, username: 'mina' }] })
    const field = screen.getByRole('searchbox')
    await user.type(field, 'nobody')
    expect(await screen.findByText('There is no account of this name.')).toBeVisible()
    await user.clear(field)
    await user.type(field, 'mina')

    expect(await screen.findByText('Mina Okafor writes this already.')).toBeVisible()
  })

  it('says at the field why somebody cannot be added', async () => {
    const { user } = await open()
    server.use(http.put(people, () => problem(403, { detail: 'This person cannot be a co-author.' })))
    await user.type(screen.getByRole('searchbox'), 'mina')
    await user.click(await screen.findByRole('button', { name: 'Add Mina Okafor' }))

    await expect.poll(() => screen.getByRole('searchbox').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByRole('searchbox')).toHaveAccessibleDescription(/cannot be a co-author/)
  })

  it('takes somebody off after asking', async () => {
    const { user, done, emitted } = await open({ coAuthors: [grace] })
    await user.click(screen.getByRole('button', { name: 'Remove Grace Hopper' }))
    const dialog = screen.getByRole('dialog', { name: 'Take Grace Hopper off this post?' })
    await user.click(within(dialog).getByRole('button', { name: 'Remove' }))

    await expect.poll(() => emitted().changed).toHaveLength(1)
    expect(done).toEqual(['delete grace'])
  })

  it('lets a co-author leave, and no more', async () => {
    const { user, done, router } = await open({ coAuthors: [grace], mayChoose: false, me: 'grace' })
    const push = vi.spyOn(router, 'push').mockResolvedValue(undefined)
    await user.click(await screen.findByRole('button', { name: 'Leave' }))
    expect(screen.queryByRole('searchbox')).toBeNull()
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Leave' }))

    await expect.poll(() => push.mock.calls).toEqual([[{ name: 'my-posts' }]])
    expect(done).toEqual(['delete grace'])
  })

  it('has no room for an eleventh', async () => {
    await open({ coAuthors: Array.from({ length: 10 }, (_, place) => ({ ...grace, username: `g${place}` })) })

    expect(screen.getByText(/as many as there can be/)).toBeVisible()
    expect(screen.queryByRole('searchbox')).toBeNull()
  })
})
