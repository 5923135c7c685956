import { QueryClient } from '@tanstack/vue-query'
import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

import { beginSession, listPosts } from '@/api'
import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { startSession } from './session'
import { useSecondFactorGuard } from './useSecondFactorGuard'

const Shell = defineComponent(() => {
  const barrier = useSecondFactorGuard()
  return () => (barrier.value ? h(barrier.value) : h('p', 'The page'))
})

async function visit(at: string, given: { required: boolean; has: boolean }) {
  const account = { ...given }
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(makeMe({ second_factor_required: account.required, has_second_factor: account.has })),
    ),
  )
  beginSession({ access: 'token', expires_in: 600 })
  startSession(new QueryClient())
  const view = await render(Shell, { at })
  return { ...view, account }
}
const title = { name: 'Your role needs a second factor' }

describe('useSecondFactorGuard', () => {
  it('stands before every page while a factor is missing, and leads to where it is added', async () => {
    await visit('/', { required: true, has: false })

    expect(await screen.findByRole('heading', title)).toBeVisible()
    expect(screen.getByRole('link', { name: 'Add one now' })).toHaveAttribute('href', '/account/security')
  })

  it('stays away from where it is added', async () => {
    await visit('/account/security', { required: true, has: false })

    await expect.poll(() => screen.queryByRole('heading', title)).toBeNull()
    expect(screen.getByText('The page')).toBeVisible()
  })

  it.each([
    { required: true, has: true },
    { required: false, has: false },
  ])('leaves everybody else alone: %j', async (given) => {
    await visit('/', given)

    expect(screen.getByText('The page')).toBeVisible()
  })

  it('learns of a role that changed from the first refusal', async () => {
    const { account } = await visit('/', { required: false, has: false })
    account.required = true
    server.use(http.get('*/api/v1/posts', () => problem(403, { code: 'second_factor_needed' })))
    await listPosts().catch(() => {})

    expect(await screen.findByRole('heading', title)).toBeVisible()
  })
})
