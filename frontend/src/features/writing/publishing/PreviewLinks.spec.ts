import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import PreviewLinks from './PreviewLinks.vue'

const open = () => render(PreviewLinks, { props: { slug: 'ink', open: true } })
const press = async (name: string) => user.click(await screen.findByRole('button', { name }))
const user = userEvent.setup()

describe('preview links', () => {
  const link = (given: object = {}) => ({
    ...{ id: 5, name: 'For the lawyer', author: { username: 'ada', display_name: 'Ada', avatar_url: '' } },
    ...{ created_at: '2026-03-27T10:00:00Z', expires_at: '2026-04-10T10:00:00Z', used_at: null },
    ...given,
  })

  it('are made, shown once and copied', async () => {
    let made: unknown
    server.use(
      http.get('*/api/v1/posts/ink/preview-links', () => listOf(made ? [link()] : [])),
      http.post('*/api/v1/posts/ink/preview-links', async ({ request }) => {
        made = await request.json()
        return HttpResponse.json(link({ url: 'http://localhost:3000/preview#a-secret' }), { status: 201 })
      }),
    )
    const { rerender } = await open()
    expect(await screen.findByText('No link leads here yet.')).toBeVisible()
    await user.type(screen.getByLabelText('For whom'), 'For the lawyer')
    await user.selectOptions(screen.getByLabelText('Good for'), '30 days')
    await press('Make a link')

    expect(await screen.findByLabelText('Address of the link')).toHaveValue(
      'http://localhost:3000/preview#a-secret',
    )
    expect(made).toEqual({ name: 'For the lawyer', expires_in_days: 30 })
    expect(await screen.findByText(/until Apr 10, 2026 · not opened yet · made by Ada/)).toBeVisible()
    await press('Copy the address of the link')
    expect(await navigator.clipboard.readText()).toBe('http://localhost:3000/preview#a-secret')
    await rerender({ open: false })
    await rerender({ open: true })
    await screen.findByText('For the lawyer')
    expect(screen.queryByLabelText('Address of the link')).toBeNull()
  })

  it('are revoked', async () => {
    let links = [link()]
    server.use(
      http.get('*/api/v1/posts/ink/preview-links', () => listOf(links)),
      http.delete('*/api/v1/posts/ink/preview-links/5', () => {
        links = []
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await open()
    await press('Revoke “For the lawyer”')

    expect(await screen.findByText('No link leads here yet.')).toBeVisible()
  })

  it('say when they can’t be listed', async () => {
    server.use(http.get('*/api/v1/posts/ink/preview-links', () => HttpResponse.error()))
    await open()

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
