import { QueryClient } from '@tanstack/vue-query'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession, type Bookmark } from '@/api'
import { useToasts } from '@/composables/useToasts'
import { startSession } from '@/features/accounts'
import { listOf, problem } from '@/test/answers'
import { makeMe, makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import ReadingListPage from './ReadingListPage.vue'

const keep = (title: string, slug: string): Bookmark => ({
  post: makePostSummary({ title, slug }),
  bookmarked_at: '2026-03-14T09:26:00Z',
})
const titles = () => screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent)

async function open(...kept: Bookmark[]) {
  server.use(http.get('*/api/v1/me/bookmarks', () => listOf(kept)))
  const view = await render(ReadingListPage, { at: '/reading-list' })
  return { ...view, user: userEvent.setup() }
}

beforeEach(() => {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(makeMe())))
})

describe('ReadingListPage', () => {
  it('shows what one keeps', async () => {
    await open(keep('On salt', 'salt'), keep('On sugar', 'sugar'))

    expect(await screen.findByRole('link', { name: 'On salt' })).toHaveAttribute('href', '/posts/salt')
    expect(titles()).toEqual(['On salt', 'On sugar'])
  })

  it('says how to fill a list that is empty', async () => {
    await open()

    expect(await screen.findByText('Nothing to read later')).toBeVisible()
    expect(screen.getByRole('link', { name: 'See what is new' })).toHaveAttribute('href', '/')
  })

  it('says when the list can’t be had, and tries again', async () => {
    let down = true
    server.use(
      http.get('*/api/v1/me/bookmarks', () => (down ? problem(503) : listOf([keep('On salt', 'salt')]))),
    )
    await render(ReadingListPage, { at: '/reading-list' })
    const again = await screen.findByRole('button', { name: 'Try again' })
    down = false
    await userEvent.click(again)

    expect(await screen.findByRole('link', { name: 'On salt' })).toBeVisible()
  })

  it('removes at once, goes on with the next, and puts back where it stood', async () => {
    const sent: string[] = []
    server.use(
      http.delete('*/api/v1/posts/sugar/bookmark', () => {
        sent.push('remove')
        return HttpResponse.json({ bookmarked: false })
      }),
      http.put('*/api/v1/posts/sugar/bookmark', () => {
        sent.push('keep')
        return HttpResponse.json({ bookmarked: true })
      }),
    )
    const { user } = await open(keep('On salt', 'salt'), keep('On sugar', 'sugar'), keep('On tea', 'tea'))
    await user.click(await screen.findByRole('button', { name: 'Remove “On sugar” from your reading list' }))
    await expect.poll(titles).toEqual(['On salt', 'On tea'])
    expect(screen.getByRole('button', { name: 'Remove “On tea” from your reading list' })).toHaveFocus()

    await expect.poll(() => useToasts().toasts.value.at(-1)?.action?.label).toBe('Undo')
    useToasts().toasts.value.at(-1)?.action?.run()
    await expect.poll(titles).toEqual(['On salt', 'On sugar', 'On tea'])
    await expect.poll(() => sent).toEqual(['remove', 'keep'])
  })

  it('shows what could not be removed again', async () => {
    server.use(http.delete('*/api/v1/posts/tea/bookmark', () => problem(503)))
    const { user } = await open(keep('On salt', 'salt'), keep('On tea', 'tea'))
    await user.click(await screen.findByRole('button', { name: 'Remove “On tea” from your reading list' }))

    await expect.poll(() => useToasts().toasts.value.at(-1)?.kind).toBe('error')
    expect(titles()).toEqual(['On salt', 'On tea'])
  })
})
