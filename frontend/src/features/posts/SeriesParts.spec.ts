import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SeriesParts from './SeriesParts.vue'

const parts = '*/api/v1/posts'
const list = (titles: string[], next: string | null = null) => ({
  results: titles.map((title) => makePostSummary({ title })),
  next,
  previous: null,
})
const open = () =>
  render(SeriesParts, { props: { slug: 'walks' }, slots: { empty: '<p>Nothing here yet</p>' } })

describe('SeriesParts', () => {
  it('numbers the parts in their order, all of them', async () => {
    const asked: string[] = []
    server.use(
      http.get(parts, ({ request }) => {
        const { searchParams } = new URL(request.url)
        asked.push(searchParams.toString())
        return HttpResponse.json(
          searchParams.has('cursor')
            ? list(['Three'])
            : list(['One', 'Two'], 'http://localhost/api/v1/posts?cursor=abc'),
        )
      }),
    )
    await open()

    const titles = await screen.findAllByRole('heading', { level: 2 })
    expect(titles.map(({ textContent }) => textContent)).toEqual(['One', 'Two', 'Three'])
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent.trim()[0])).toEqual([
      '1',
      '2',
      '3',
    ])
    expect(asked[0]).toContain('order=series')
    expect(asked[0]).toContain('series=walks')
  })

  it('says so where there are none', async () => {
    server.use(http.get(parts, () => HttpResponse.json(list([]))))
    await open()
    expect(await screen.findByText('Nothing here yet')).toBeVisible()
  })

  it('shows what went wrong, and tries again', async () => {
    let fails = true
    server.use(
      http.get(parts, () =>
        fails ? HttpResponse.json({}, { status: 500 }) : HttpResponse.json(list(['One'])),
      ),
    )
    await open()
    await screen.findByRole('alert')
    fails = false
    await userEvent.click(screen.getByRole('button', { name: /again/i }))
    expect(await screen.findByRole('heading', { name: 'One' })).toBeVisible()
  })
})
