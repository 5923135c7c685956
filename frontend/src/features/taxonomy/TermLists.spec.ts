import { screen } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf } from '@/test/answers'
import { makeCategory, makeTag } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SectionNav from './SectionNav.vue'
import TermLists from './TermLists.vue'

const sections = [
  makeCategory(),
  makeCategory({ slug: 'type', name: 'Type', parent: 'craft', depth: 1 }),
  makeCategory({ slug: 'bare', name: 'Bare', post_count: 0 }),
]
const serve = () =>
  server.use(
    http.get('*/api/v1/categories', () => listOf(sections)),
    http.get('*/api/v1/tags', () => listOf([makeTag()])),
  )

describe('TermLists', () => {
  it('lists sections and tags that hold posts', async () => {
    serve()
    await render(TermLists)

    expect(await screen.findByRole('link', { name: 'Type' })).toHaveAttribute('href', '/categories/type')
    expect(await screen.findByRole('link', { name: 'Maps' })).toHaveAttribute('href', '/tags/maps')
    expect(screen.queryByRole('link', { name: 'Bare' })).not.toBeInTheDocument()
  })
})

describe('SectionNav', () => {
  it('names the sections at the top alone', async () => {
    serve()
    await render(SectionNav)

    expect(await screen.findByRole('link', { name: 'Craft' })).toBeVisible()
    expect(screen.getAllByRole('link')).toHaveLength(1)
  })
})
