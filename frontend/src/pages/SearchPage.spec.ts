import userEvent from '@testing-library/user-event'
import { screen, waitFor } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import type { SearchResult } from '@/api'
import { listOf, problem } from '@/test/answers'
import { makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SearchPage from './SearchPage.vue'

const found = (title: string, snippet = 'Some text'): SearchResult => ({
  type: 'post',
  post: makePostSummary({ id: title.length, title, slug: title.toLowerCase() }),
  comment: null,
  title_html: `<mark>${title}</mark>`,
  snippet_html: snippet,
})
const remark: SearchResult = {
  type: 'comment',
  post: null,
  comment: {
    id: 7,
    post: { slug: 'coasts', title: 'Coasts' },
    author: null,
    guest_name: 'Ada',
    created_at: '2026-03-14T09:26:00Z',
    url: 'https://example.org/posts/coasts#comment-7',
  },
  title_html: 'Coasts',
  snippet_html: 'A <mark>map</mark> &amp; a rule',
}

async function open(at: string, ...results: SearchResult[]) {
  const asked: string[] = []
  server.use(
    http.get('*/api/v1/search', ({ request }) => {
      const query = new URL(request.url).searchParams
      asked.push(`${query.get('q')} in ${query.get('type')}`)
      return listOf(results)
    }),
  )
  const view = await render(SearchPage, { at })
  return { ...view, asked, user: userEvent.setup() }
}

describe('SearchPage', () => {
  it('says what can be searched, asks for nothing yet, and takes the focus', async () => {
    const focused = vi.spyOn(HTMLElement.prototype, 'focus')
    const { asked } = await open('/search')

    expect(screen.getByText('What are you looking for?')).toBeVisible()
    // (What renders the page for a test moves it afterwards, and the focus is gone.)
    expect(focused.mock.contexts).toEqual([screen.getByRole('searchbox', { name: 'Words to look for' })])
    expect(asked).toEqual([])
  })

  it('begins at the best results where there are none from a cursor on', async () => {
    server.use(
      http.get('*/api/v1/search', ({ request }) =>
        new URL(request.url).searchParams.has('cursor')
          ? problem(400, { errors: [{ parameter: 'cursor', code: 'invalid_cursor', detail: 'Not here.' }] })
          : listOf([found('Coasts')]),
      ),
    )
    const { router } = await render(SearchPage, { at: '/search?q=coasts&type=posts&cursor=bad' })

    expect(await screen.findByRole('link', { name: 'Coasts' })).toBeVisible()
    expect(router.currentRoute.value.fullPath).toBe('/search?q=coasts&type=posts')
  })

  it('says how one narrows and leaves out', async () => {
    await open('/search')

    expect(screen.getByRole('searchbox')).toHaveAccessibleDescription(
      'All words must occur. To narrow: "…" tag: category: author: after: before: To leave out: -…',
    )
  })

  it('shows what the address asks for, with what matched', async () => {
    const { asked } = await open('/search?q=map', found('Maps'), remark)

    const link = await screen.findByRole('link', { name: 'Maps' })
    expect(link).toHaveAttribute('href', '/posts/maps')
    expect(link.querySelector('mark')).toHaveTextContent('Maps')
    expect(screen.getByRole('link', { name: 'Comment on Coasts' })).toHaveAttribute(
      'href',
      '/posts/coasts#comment-7',
    )
    expect(screen.getByText('map').tagName).toBe('MARK')
    expect(screen.getByText('2 results')).toBeVisible()
    expect(asked).toEqual(['map in all'])
  })

  it('searches while one types, in one place of the history', async () => {
    const { asked, user, router } = await open('/search', found('Maps'))

    await user.type(screen.getByRole('searchbox'), 'map')

    expect(await screen.findByRole('link', { name: 'Maps' })).toBeVisible()
    expect(asked).toEqual(['map in all'])
    expect(router.currentRoute.value.fullPath).toBe('/search?q=map')
  })

  it('narrows to posts or comments by the address', async () => {
    const { asked, user } = await open('/search?q=map', found('Maps'))

    await user.click(await screen.findByRole('link', { name: 'Comments' }))

    await waitFor(() => expect(asked).toEqual(['map in all', 'map in comments']))
    expect(screen.getByRole('link', { name: 'Comments' })).toHaveAttribute('aria-current', 'page')
  })

  it('leads through the results by the arrow keys and back to the words', async () => {
    const { user } = await open('/search?q=map', found('Maps'), found('Mapping'))
    await screen.findByRole('link', { name: 'Maps' })

    await user.click(screen.getByRole('searchbox'))
    await user.keyboard('{ArrowDown}')
    expect(screen.getByRole('link', { name: 'Maps' })).toHaveFocus()
    await user.keyboard('{ArrowDown}')
    expect(screen.getByRole('link', { name: 'Mapping' })).toHaveFocus()
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(screen.getByRole('searchbox')).toHaveFocus()
  })

  it('links to more results, and begins where an address says', async () => {
    const cursors: (string | null)[] = []
    server.use(
      http.get('*/api/v1/search', ({ request }) => {
        const cursor = new URL(request.url).searchParams.get('cursor')
        cursors.push(cursor)
        return cursor === 'b2'
          ? listOf([found('Mapping')])
          : listOf([found('Maps')], 'https://example.org/api/v1/search?q=map&cursor=b2')
      }),
    )
    const first = await render(SearchPage, { at: '/search?q=map&type=posts' })
    const more = await screen.findByRole('link', { name: 'Show more' })
    expect(more).toHaveAttribute('href', '/search?q=map&type=posts&cursor=b2')

    await userEvent.setup().click(more)
    expect(await screen.findByRole('link', { name: 'Mapping' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Maps' })).toBeVisible()
    first.unmount()

    await render(SearchPage, { at: '/search?q=map&cursor=b2' })
    expect(await screen.findByRole('link', { name: 'Mapping' })).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Maps' })).not.toBeInTheDocument()
    expect(cursors).toEqual([null, 'b2', 'b2'])
  })

  it('is a form that works without the program', async () => {
    await open('/search?q=map&type=posts', found('Maps'))

    const form = screen.getByRole('search')
    expect(form).toHaveAttribute('action', '/search')
    expect(new URLSearchParams(new FormData(form as HTMLFormElement) as never).toString()).toBe(
      'q=map&type=posts',
    )
  })

  it('says that nothing was found', async () => {
    await open('/search?q=xyzzy')

    expect(await screen.findByText('Nothing found')).toBeVisible()
  })

  it('says when searching fails, and tries again', async () => {
    const { user } = await open('/search?q=map', found('Maps'))
    server.use(http.get('*/api/v1/search', () => problem(503), { once: true }))
    await user.type(screen.getByRole('searchbox'), 's')

    await user.click(await screen.findByRole('button', { name: /again/i }))

    expect(await screen.findByRole('link', { name: 'Maps' })).toBeVisible()
  })
})
