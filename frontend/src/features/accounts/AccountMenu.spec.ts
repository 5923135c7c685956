import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import { beginSession, listPosts } from '@/api'
import { listOf, problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AccountMenu from './AccountMenu.vue'
import { startSession } from './session'
import { QueryClient } from '@tanstack/vue-query'

async function openAdmin(answer: () => Response) {
  const user = userEvent.setup()
  const assign = vi.spyOn(window.location, 'assign').mockImplementation(() => {})
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(makeMe({ display_name: 'Hanne', permissions: ['access_admin'] })),
    ),
    http.post('*/api/v1/auth/admin-session', answer),
  )
  beginSession({ access: 'token', expires_in: 600 })
  startSession(new QueryClient())
  const view = await render(AccountMenu)
  await user.click(await screen.findByRole('button', { name: 'Hanne' }))
  await user.click(screen.getByRole('menuitem', { name: 'Administration' }))
  return { ...view, assign }
}

describe('AccountMenu', () => {
  it('takes staff into the admin with the session they have', async () => {
    const { assign } = await openAdmin(() => new HttpResponse(null, { status: 204 }))

    await expect.poll(() => assign.mock.calls).toEqual([['/admin/']])
  })

  it('leaves it to the admin to ask when that fails', async () => {
    const { assign } = await openAdmin(() => problem(500))

    await expect.poll(() => assign.mock.calls).toEqual([['/admin/']])
  })

  it('leads to where a second factor is added when the role needs one', async () => {
    const { assign, router } = await openAdmin(() => problem(403, { code: 'second_factor_needed' }))

    await expect.poll(() => router.currentRoute.value.path).toBe('/account/security')
    expect(assign).not.toHaveBeenCalled()
  })

  it('asks nothing in one’s name while one signs out, and takes back what is on its way', async () => {
    const user = userEvent.setup()
    let answer = (): void => {}
    const signedOut = new Promise<void>((done) => (answer = done))
    const tokens: (string | null)[] = []
    server.use(
      http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ display_name: 'Hanne' }))),
      http.post('*/api/v1/auth/sign-out', async () => {
        await signedOut
        return new HttpResponse(null, { status: 204 })
      }),
      http.get('*/api/v1/posts', ({ request }) => {
        tokens.push(request.headers.get('Authorization'))
        return listOf([])
      }),
    )
    beginSession({ access: 'token', expires_in: 600 })
    const { queryClient } = await render(AccountMenu)
    startSession(queryClient)
    const onItsWay = new Promise((taken) => {
      void queryClient
        .fetchQuery({
          queryKey: ['slow'],
          queryFn: ({ signal }) => new Promise(() => signal.addEventListener('abort', taken)),
        })
        .catch(() => {})
    })
    await user.click(await screen.findByRole('button', { name: 'Hanne' }))
    await user.click(screen.getByRole('menuitem', { name: 'Sign out' }))
    await onItsWay
    const asked = listPosts()
    answer()
    await asked

    expect(tokens).toEqual([null])
  })
})
