import { screen } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf, problem } from '@/test/answers'
import { makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import PostListing from './PostListing.vue'

const options = { props: { filters: { tag: 'maps' } }, slots: { empty: '<p>No post</p>' } }

describe('PostListing', () => {
  it('lists what matches', async () => {
    const asked: string[] = []
    server.use(
      http.get('*/api/v1/posts', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('tag') ?? '')
        return listOf([makePostSummary({ title: 'Coasts', comment_count: 2 })])
      }),
    )
    await render(PostListing, options)

    expect(screen.getByText('Loading…')).toBeInTheDocument()
    expect(await screen.findByRole('heading', { level: 2, name: 'Coasts' })).toBeVisible()
    expect(screen.getByText('2 comments')).toBeVisible()
    expect(asked).toEqual(['maps'])
  })

  it('says that nothing matches', async () => {
    server.use(http.get('*/api/v1/posts', () => listOf([])))
    await render(PostListing, options)

    expect(await screen.findByText('No post')).toBeVisible()
  })

  it('begins anew where there is no such page of it', async () => {
    server.use(
      http.get('*/api/v1/posts', ({ request }) =>
        new URL(request.url).searchParams.has('cursor')
          ? problem(400, { errors: [{ parameter: 'cursor', code: 'invalid_cursor', detail: 'Not here.' }] })
          : listOf([makePostSummary({ title: 'Coasts' })]),
      ),
    )
    const { router } = await render(PostListing, {
      ...options,
      at: '/tags/maps?cursor=bad&utm_source=letter',
    })

    expect(await screen.findByRole('heading', { level: 2, name: 'Coasts' })).toBeVisible()
    expect(router.currentRoute.value.fullPath).toBe('/tags/maps?utm_source=letter')
  })

  it('says what went wrong', async () => {
    server.use(http.get('*/api/v1/posts', () => problem(503)))
    await render(PostListing, options)

    expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong on our side')
  })
})
