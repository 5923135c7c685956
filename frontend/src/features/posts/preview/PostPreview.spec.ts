import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { RouterView } from 'vue-router'

import { problem } from '@/test/answers'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { previewSecret } from './secret'

const secret = 'hrGFHg0ukfUyu6QU5dlUCGxXuZAvXQd5n-mCzLAbMfc'

function answer(of: 'post' | 'working_copy' = 'post') {
  const asked: unknown[] = []
  server.use(
    http.post('*/api/v1/previews', async ({ request }) => {
      asked.push(await request.json())
      const post = makePost({
        title: 'Not yet',
        status: 'draft',
        published_at: null,
        body_html: '<p>Soon.</p>',
      })
      return HttpResponse.json({ ...post, preview: { of, expires_at: '2026-12-01T12:00:00Z' } })
    }),
  )
  return asked
}

beforeEach(() => {
  previewSecret.value = ''
})

describe('a preview', () => {
  it('shows the post, says that it is one, and keeps the secret out of the address', async () => {
    const asked = answer()
    const { router } = await render(RouterView, { at: `/preview#${secret}` })

    expect(await screen.findByRole('heading', { level: 1, name: 'Not yet' })).toBeVisible()
    expect(screen.getByRole('complementary', { name: 'Preview' })).toHaveTextContent(
      /It may change.*good until/,
    )
    expect(screen.getByText('Soon.')).toBeVisible()
    expect(asked).toEqual([{ secret }])
    expect(router.currentRoute.value.fullPath).toBe('/preview')
  })

  it('says where it has changes that readers don’t have', async () => {
    answer('working_copy')
    await render(RouterView, { at: `/preview#${secret}` })

    expect(await screen.findByText(/changes that they don’t have yet/)).toBeVisible()
  })

  it('follows another link that is opened in the same tab', async () => {
    const asked = answer()
    const { router } = await render(RouterView, { at: `/preview#${secret}` })
    await screen.findByText('Soon.')
    await router.push('/preview#another-secret')

    await expect.poll(() => asked).toEqual([{ secret }, { secret: 'another-secret' }])
    expect(router.currentRoute.value.fullPath).toBe('/preview')
  })

  it('says what to do when the secret is lost', async () => {
    await render(RouterView, { at: '/preview' })

    expect(await screen.findByRole('heading', { name: 'Open the link once more' })).toBeVisible()
  })

  it('says when the link leads nowhere any more', async () => {
    server.use(http.post('*/api/v1/previews', () => problem(404, { code: 'preview_gone' })))
    await render(RouterView, { at: `/preview#${secret}` })

    expect(await screen.findByRole('heading', { name: 'This preview is not there' })).toBeVisible()
  })

  it('can be asked for again after a failure', async () => {
    server.use(http.post('*/api/v1/previews', () => HttpResponse.error(), { once: true }))
    await render(RouterView, { at: `/preview#${secret}` })
    const retry = await screen.findByRole('button', { name: 'Try again' })
    answer()
    retry.click()

    expect(await screen.findByRole('heading', { level: 1, name: 'Not yet' })).toBeVisible()
  })
})
