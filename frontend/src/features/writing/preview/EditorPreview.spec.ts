import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { render } from '@/test/render'
import { server } from '@/test/server'

import EditorPreview from './EditorPreview.vue'

const post = { title: 'Salt', body: 'It *keeps*.', format: 'markdown', language: 'en' }

/** What the server was asked to render. */
function serve(): unknown[] {
  const asked: unknown[] = []
  server.use(
    http.post('*/api/v1/markdown/preview', async ({ request }) => {
      const { body } = (await request.json()) as { body: string }
      asked.push(body)
      return HttpResponse.json({ body_html: body && `<p data-line="1">${body.replace('*', '')}</p>` })
    }),
  )
  return asked
}

describe('EditorPreview', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))
  afterEach(() => vi.useRealTimers())

  it('says that it is loading, and shows the post as readers will see it', async () => {
    serve()
    const cover = { url: '/media/a.jpg', alt: 'Pans' }
    await render(EditorPreview, { props: { ...post, excerpt: 'On patience.', cover } })
    expect(screen.getByText('Loading…')).toBeVisible()

    expect(await screen.findByText('It keeps*.')).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Salt' })).toBeVisible()
    expect(screen.getByText('On patience.')).toBeVisible()
    expect(screen.getByRole('img', { name: 'Pans' })).toHaveAttribute('src', '/media/a.jpg')
  })

  it('asks for a text when typing rests', async () => {
    const asked = serve()
    const { rerender } = await render(EditorPreview, { props: post })
    await screen.findByText('It keeps*.')
    await rerender({ ...post, body: 'a' })
    await vi.advanceTimersByTimeAsync(300)
    await rerender({ ...post, body: 'ab' })
    await vi.advanceTimersByTimeAsync(500)

    expect(await screen.findByText('ab')).toBeVisible()
    expect(asked).toEqual([post.body, 'ab'])
  })

  it('says when there is nothing to show', async () => {
    serve()
    await render(EditorPreview, { props: { ...post, body: '' } })
    expect(await screen.findByText('There is nothing to show yet.')).toBeVisible()
  })

  it('keeps what it showed when the server can’t be reached, says so, and tries again', async () => {
    serve()
    const { rerender } = await render(EditorPreview, { props: post })
    await screen.findByText('It keeps*.')
    server.use(http.post('*/api/v1/markdown/preview', () => HttpResponse.error(), { once: true }))
    await rerender({ ...post, body: 'Later.' })
    await vi.advanceTimersByTimeAsync(500)
    const again = await screen.findByRole('button', { name: 'Try again' })
    expect(screen.getByText('It keeps*.')).toBeVisible()
    await userEvent.setup({ advanceTimers: vi.advanceTimersByTime }).click(again)

    expect(await screen.findByText('Later.')).toBeVisible()
  })

  it('opens links beside the editor', async () => {
    server.use(
      http.post('*/api/v1/markdown/preview', () =>
        HttpResponse.json({ body_html: '<p><a href="/posts/other">Other</a></p>' }),
      ),
    )
    const opened = vi.spyOn(window, 'open').mockReturnValue(null)
    const { router } = await render(EditorPreview, { props: post })
    await userEvent
      .setup({ advanceTimers: vi.advanceTimersByTime })
      .click(await screen.findByRole('link', { name: 'Other' }))

    expect(opened).toHaveBeenCalledWith('http://localhost:3000/posts/other', '_blank', 'noopener')
    expect(router.currentRoute.value.fullPath).toBe('/')
  })
})
