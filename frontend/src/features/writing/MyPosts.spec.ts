import { screen } from '@testing-library/vue'
import type { HttpResponse } from 'msw'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf, problem } from '@/test/answers'
import { makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import MyPosts from './MyPosts.vue'

const open = (status = 'draft') => render(MyPosts, { props: { status } })

describe('MyPosts', () => {
  it('asks for one’s own posts in the state and leads to the editor', async () => {
    let asked = ''
    server.use(
      http.get('*/api/v1/posts', ({ request }) => {
        asked = new URL(request.url).search
        return listOf([makePostSummary({ slug: 'ink', title: '', status: 'draft' })])
      }),
    )
    await open()
    const link = await screen.findByRole('link', { name: 'Untitled' })
    expect(link).toHaveAttribute('href', '/write/posts/ink')
    expect(asked).toContain('mine=true')
    expect(asked).toContain('status=draft')
    expect(screen.getByRole('link', { name: 'Drafts' })).toHaveAttribute('aria-current', 'page')
  })

  it('says so when there is nothing, and what to do', async () => {
    server.use(http.get('*/api/v1/posts', () => listOf([])))
    await open('scheduled')
    expect(await screen.findByText('Nothing is scheduled')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Write a new post' })).toBeInTheDocument()
  })

  it('waits visibly', async () => {
    server.use(http.get('*/api/v1/posts', () => new Promise<HttpResponse<null>>(() => undefined)))
    await open()
    expect(screen.getByRole('status')).toHaveTextContent('Loading')
  })

  it('offers another try when the server fails', async () => {
    server.use(http.get('*/api/v1/posts', () => problem(500)))
    await open()
    expect(await screen.findByRole('button', { name: /again/i })).toBeInTheDocument()
  })
})
