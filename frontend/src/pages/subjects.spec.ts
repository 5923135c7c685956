import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'

import { headKey, type PageHead } from '@/composables/usePageHead'
import { listOf, problem } from '@/test/answers'
import { makeCategory, makePostSummary, makeTag } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import CategoryPage from './CategoryPage.vue'
import SeriesPage from './SeriesPage.vue'
import TagPage from './TagPage.vue'

const pages = [
  ['categories', CategoryPage, makeCategory({ name: 'Walks', description: 'On foot', post_count: 2 })],
  ['tags', TagPage, makeTag({ name: 'Walks', description: 'On foot', post_count: 2 })],
  ['series', SeriesPage, { slug: 'walks', title: 'Walks', description: 'On foot', post_count: 2 }],
] as const

async function open(page: (typeof pages)[number][1], kind: string, answer: () => HttpResponse<object>) {
  server.use(
    http.get(`*/api/v1/${kind}/walks`, answer),
    http.get('*/api/v1/posts', () => listOf([makePostSummary({ title: 'To the weir' })])),
  )
  const head = shallowRef<() => PageHead>()
  await render(page, { props: { slug: 'walks' }, provide: { [headKey]: head } })
  return () => head.value?.()
}

describe.each(pages)('A page about one of the %s', (kind, page, subject) => {
  it('has its name above its posts, and in its head', async () => {
    const head = await open(page, kind, () => HttpResponse.json(subject))

    expect(await screen.findByRole('heading', { level: 1, name: 'Walks' })).toBeVisible()
    expect(screen.getByText('On foot')).toBeVisible()
    expect(screen.getByText(/^2 (posts|parts)$/)).toBeVisible()
    expect(await screen.findByRole('link', { name: 'To the weir' })).toBeVisible()
    expect(head()).toMatchObject({ title: 'Walks', description: 'On foot', hidden: false })
  })

  it('says where there is no such thing, and keeps out of search engines', async () => {
    const head = await open(page, kind, () => problem(404) as HttpResponse<object>)

    expect(await screen.findByRole('heading', { level: 1, name: /^There is no such/ })).toBeVisible()
    expect(screen.queryByRole('link', { name: 'To the weir' })).not.toBeInTheDocument()
    expect(head()).toMatchObject({ title: 'Nothing at this address', hidden: true })
  })
})
