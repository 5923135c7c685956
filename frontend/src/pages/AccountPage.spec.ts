import { QueryClient } from '@tanstack/vue-query'
import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { RouterView } from 'vue-router'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { problem } from '@/test/answers'
import { makeMe, makeSite } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

function signIn(): void {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
}

describe('AccountPage', () => {
  it('leads to its parts and says which of them is open', async () => {
    signIn()
    server.use(http.get('*/api/v1/me', () => HttpResponse.json(makeMe())))
    await render(RouterView, { at: '/account' })

    const nav = within(await screen.findByRole('navigation', { name: 'Account sections' }))
    expect(nav.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
      '/account',
      '/account/security',
      '/account/sessions',
      '/account/tokens',
      '/account/notifications',
      '/account/privacy',
      '/account/reports',
      '/account/decisions',
    ])
    expect(nav.getByRole('link', { name: 'Profile' })).toHaveAttribute('aria-current', 'page')
    expect(screen.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible()
  })

  it('says when the account will be deleted, and keeps it', async () => {
    signIn()
    let me = makeMe({ deletion_due_at: '2026-12-05T12:00:00Z' })
    server.use(
      http.get('*/api/v1/me', () => HttpResponse.json(me)),
      http.post('*/api/v1/me/keep', () => {
        me = makeMe()
        return HttpResponse.json(me)
      }),
    )
    await render(RouterView, { at: '/account' })
    expect(await screen.findByText('Your account will be deleted on December 5, 2026.')).toBeVisible()
    await userEvent.setup().click(screen.getByRole('button', { name: 'Keep it' }))

    await expect.poll(() => screen.queryByText(/will be deleted/)).toBeNull()
  })

  it('leads to the sign-in page when the server has refused the session', async () => {
    server.use(http.get('*/api/v1/site', () => HttpResponse.json(makeSite())))
    const { router } = await render(RouterView, { at: '/account' })

    await expect.poll(() => router.currentRoute.value.name).toBe('sign-in')
    expect(router.currentRoute.value.query.next).toBe('/account')
  })

  it('offers another try when the account can’t be had', async () => {
    signIn()
    server.use(http.get('*/api/v1/me', () => problem(500)))
    await render(RouterView, { at: '/account' })

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
