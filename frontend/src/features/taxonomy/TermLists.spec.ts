import userEvent from '@testing-library/user-event'
import { screen, waitFor } from '@testing-library/vue'
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
    expect(screen.queryByRole('link', { name: 'Show more' })).not.toBeInTheDocument()
  })

  it('leads to all tags that hold posts, as a link and in place', async () => {
    const pages: Record<string, ReturnType<typeof makeTag>[]> = {
      first: [makeTag()],
      b2: [makeTag({ slug: 'ink', name: 'Ink' })],
      c3: [makeTag({ slug: 'bare', name: 'Bare', post_count: 0 })],
    }
    const following: Record<string, string> = { first: 'b2', b2: 'c3', c3: 'd4' }
    server.use(
      http.get('*/api/v1/categories', () => listOf([])),
      http.get('*/api/v1/tags', ({ request }) => {
        const asked = new URL(request.url).searchParams.get('cursor') ?? 'first'
        return listOf(pages[asked] ?? [], `https://example.org/api/v1/tags?cursor=${following[asked]}`)
      }),
    )
    const first = await render(TermLists, { at: '/archive' })
    const user = userEvent.setup()
    const more = () => screen.findByRole('link', { name: 'Show more' })
    expect(await more()).toHaveAttribute('href', '/archive?cursor=b2#tags')

    await user.click(await more())
    expect(await screen.findByRole('link', { name: 'Ink' })).toHaveFocus()
    expect(screen.getByRole('link', { name: 'Maps' })).toBeVisible()
    await user.click(await more())
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Show more' })).not.toBeInTheDocument())
    first.unmount()

    await render(TermLists, { at: '/archive', props: { start: 'b2' } })
    expect(await screen.findByRole('link', { name: 'Ink' })).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Maps' })).not.toBeInTheDocument()
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
