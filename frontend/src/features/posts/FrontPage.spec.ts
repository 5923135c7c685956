import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import type { HttpResponse } from 'msw'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import type { PostSummary } from '@/api'
import { listOf, problem } from '@/test/answers'
import { makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import FrontPage from './FrontPage.vue'

const slots = { empty: '<p>Nothing here</p>' }
const props = { filters: {}, withStories: true }

function serve(
  posts: readonly PostSummary[],
  featured: readonly PostSummary[] = [],
  next: string | null = null,
) {
  server.use(
    http.get('*/api/v1/posts', ({ request }) => {
      const query = new URL(request.url).searchParams
      if (query.get('featured')) return listOf(featured)
      if (query.get('cursor') === 'c2') return listOf([makePostSummary({ title: 'From long ago' })])
      return listOf(posts, next)
    }),
  )
}

describe('FrontPage', () => {
  it('says that posts are on their way', async () => {
    server.use(http.get('*/api/v1/posts', () => new Promise<HttpResponse<null>>(() => undefined)))
    await render(FrontPage, { props, slots })

    expect(screen.getByText('Loading…')).toBeInTheDocument()
  })

  it('leads with the featured post and repeats none', async () => {
    const posts = ['A', 'B', 'C', 'D', 'E'].map((title) => makePostSummary({ title }))
    serve(
      posts,
      [posts[2]].filter((post) => post !== undefined),
    )
    await render(FrontPage, { props, slots })

    const lead = await screen.findByRole('region', { name: 'Lead story' })
    expect(within(lead).getByRole('heading', { level: 2, name: 'C' })).toBeVisible()
    const beside = within(screen.getByRole('list', { name: 'More on the front page' }))
    expect(beside.getAllByRole('heading').map((heading) => heading.textContent)).toEqual(['A', 'B', 'D'])
    const river = within(screen.getByRole('region', { name: 'Latest' }))
    const below = await river.findAllByRole('heading')
    expect(below.map((heading) => heading.textContent)).toEqual(['E'])
  })

  it('looks finished with one post that has neither cover nor excerpt', async () => {
    serve([makePostSummary({ title: 'Alone', excerpt: '' })])
    await render(FrontPage, { props, slots })

    expect(await screen.findByRole('link', { name: 'Alone' })).toBeVisible()
    expect(screen.queryByRole('region', { name: 'Latest' })).not.toBeInTheDocument()
    expect(screen.queryByRole('img')).not.toBeInTheDocument()
  })

  it('says what it means that there is nothing', async () => {
    serve([])
    await render(FrontPage, { props, slots })

    expect(await screen.findByText('Nothing here')).toBeVisible()
  })

  it('offers another try when the server fails', async () => {
    server.use(http.get('*/api/v1/posts', () => problem(500)))
    await render(FrontPage, { props, slots })
    const retry = await screen.findByRole('button', { name: 'Try again' })
    serve([makePostSummary({ title: 'Back again' })])

    await userEvent.click(retry)

    expect(await screen.findByRole('link', { name: 'Back again' })).toBeVisible()
  })

  it('adds older posts, moves the focus on and keeps their address', async () => {
    const posts = ['A', 'B', 'C', 'D', 'E'].map((title) => makePostSummary({ title }))
    serve(posts, [], 'http://localhost:3000/api/v1/posts?cursor=c2')
    const { router } = await render(FrontPage, { props, slots })
    const older = await screen.findByRole('link', { name: 'Older posts' })
    expect(older).toHaveAttribute('href', '/?cursor=c2')

    await userEvent.click(older)

    const added = await screen.findByRole('link', { name: 'From long ago' })
    await expect.poll(() => document.activeElement).toBe(added)
    expect(router.currentRoute.value.query).toEqual({ cursor: 'c2' })
    expect(screen.queryByRole('link', { name: 'Older posts' })).not.toBeInTheDocument()
  })
})
