import { QueryClient } from '@tanstack/vue-query'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { RouterView } from 'vue-router'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { listOf, problem } from '@/test/answers'
import { freshDevice } from '@/test/device'
import { makeMe, makePost, makeSite } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

const permissions = {
  edit: true,
  delete: true,
  publish: true,
  feature: false,
  review: false,
  co_authors: true,
  comment: true,
}
const post = makePost({ slug: 'ink', title: 'Ink', body: 'One.', status: 'draft', permissions })
vi.mock('@/features/writing/editor/MarkdownEditor.vue', () => import('@/test/PlainEditor.vue'))
vi.mock('@/features/writing/together/PresenceNote.vue', () => ({ default: () => null }))

const text = () => screen.findByRole('textbox', { name: 'Text' })

beforeEach(() => {
  freshDevice()
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ permissions: ['write_posts'] }))),
    http.get('*/api/v1/site', () => HttpResponse.json(makeSite())),
    http.get('*/api/v1/categories', () => listOf([])),
    http.get('*/api/v1/series', () => listOf([])),
    http.get('*/api/v1/posts/ink', () => HttpResponse.json(post)),
  )
})

describe('EditorPage', () => {
  it('gives a new post its address without taking the text or the focus away', async () => {
    server.use(
      http.post('*/api/v1/posts', async ({ request }) => {
        const body = Object(await request.json())
        return HttpResponse.json({ ...post, ...body, title: '', version: 1 }, { status: 201 })
      }),
    )
    const { router } = await render(RouterView, { at: '/write/new' })
    const field = await text()
    await userEvent.type(field, 'Begun.')
    await userEvent.keyboard('{Control>}s{/Control}')

    await expect.poll(() => router.currentRoute.value.path).toBe('/write/posts/ink')
    expect(await text()).toBe(field)
    expect(field).toHaveFocus()
    expect(field).toHaveValue('Begun.')

    await router.push('/write/new')
    await expect.poll(async () => Reflect.get(await text(), 'value')).toBe('')
    expect(screen.queryByText('Your unsaved text is back.')).not.toBeInTheDocument()
  })

  it('opens what is in the trash once it is taken out', async () => {
    let status: 'trashed' | 'draft' = 'trashed'
    server.use(
      http.get('*/api/v1/posts/ink', () => HttpResponse.json({ ...post, status })),
      http.post('*/api/v1/posts/ink/restore', () => {
        status = 'draft'
        return HttpResponse.json({ ...post, status })
      }),
    )
    await render(RouterView, { at: '/write/posts/ink' })
    expect(await screen.findByRole('heading', { name: '“Ink” is in the trash' })).toBeInTheDocument()
    expect(screen.queryByRole('textbox')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Restore' }))
    expect(await text()).toHaveValue('One.')
  })

  it('begins anew when a new post is asked for while another one is open', async () => {
    const { router } = await render(RouterView, { at: '/write/posts/ink' })
    expect(await text()).toHaveValue('One.')
    await router.push('/write/new')

    await expect.poll(async () => Reflect.get(await text(), 'value')).toBe('')
    await router.push('/write/posts/ink')
    await expect.poll(async () => Reflect.get(await text(), 'value')).toBe('One.')
  })

  it('asks who one is where the session turns out to be over', async () => {
    server.use(
      http.get('*/api/v1/me', () => problem(401)),
      http.post('*/api/v1/auth/token/refresh', () => problem(401)),
      http.get('*/api/v1/posts/ink', ({ request }) =>
        problem(request.headers.has('Authorization') ? 401 : 404),
      ),
    )
    const { router } = await render(RouterView, { at: '/write/posts/ink' })
    await expect.poll(() => router.currentRoute.value.name).toBe('sign-in')
    expect(router.currentRoute.value.query.next).toBe('/write/posts/ink')
  })
})
