import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { problem } from '@/test/answers'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import TrashedNotice from './TrashedNotice.vue'

const post = makePost({ slug: 'ink', title: 'Ink', status: 'trashed', version: 4 })

describe('TrashedNotice', () => {
  it('takes the post out of the trash at the version that was shown', async () => {
    const seen: (string | null)[] = []
    server.use(
      http.post('*/api/v1/posts/ink/restore', ({ request }) => {
        seen.push(request.headers.get('If-Match'))
        return HttpResponse.json({ ...post, status: 'draft' })
      }),
    )
    const { emitted } = await render(TrashedNotice, { props: { post } })
    expect(screen.getByRole('heading', { name: '“Ink” is in the trash' })).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'See the trash' })).toHaveAttribute(
      'href',
      '/write?status=trashed',
    )
    await userEvent.click(screen.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(emitted('restored')).toHaveLength(1))
    expect(seen).toEqual(['"4"'])
  })

  it('says why it stays there', async () => {
    server.use(
      http.post('*/api/v1/posts/ink/restore', () => problem(412, { detail: 'Somebody was quicker.' })),
    )
    const { emitted } = await render(TrashedNotice, { props: { post } })
    await userEvent.click(screen.getByRole('button', { name: 'Restore' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody was quicker.')
    expect(emitted('restored')).toBeUndefined()
  })
})
