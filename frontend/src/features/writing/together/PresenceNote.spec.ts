import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { problem } from '@/test/answers'
import { server } from '@/test/server'

import PresenceNote from './PresenceNote.vue'
import { makeDraft, renderBeside } from './beside'
import { beat } from './usePresence'

const address = '*/api/v1/posts/:slug/presence'
const present = (display_name: string) => ({
  user: { username: display_name.toLowerCase(), display_name, avatar_url: '' },
  opened_at: '2026-03-14T09:26:00Z',
  tabs: 1,
})

/** A server on which these have the post open; remembers who told it what. */
function serve(...names: string[]) {
  const told: string[] = []
  const note = async (method: string, slug: unknown, request: Request): Promise<void> => {
    const { tab } = (await request.json()) as { tab: string }
    told.push(`${method} ${String(slug)} ${tab}`)
  }
  server.use(
    http.put(address, async ({ request, params }) => {
      await note('put', params.slug, request)
      return HttpResponse.json({ others: names.map(present), own_tabs: names.length === 0 ? 2 : 1 })
    }),
    http.delete(address, async ({ request, params }) => {
      await note('delete', params.slug, request)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return told
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

describe('PresenceNote', () => {
  it('names who else has the post open', async () => {
    serve('Mina', 'Grace')
    await renderBeside(PresenceNote, { post: makeDraft() })

    expect(await screen.findByText('Mina and Grace have this post open, too.')).toBeVisible()
    expect(screen.getByRole('status')).toHaveTextContent('Mina and Grace')
  })

  it('tells one of one’s own other tabs', async () => {
    serve()
    await renderBeside(PresenceNote, { post: makeDraft() })

    expect(await screen.findByText('You have this post open in another tab, too.')).toBeVisible()
  })

  it('tells the server every so often, always as the same tab, and when it goes', async () => {
    const told = serve('Mina')
    const { unmount } = await renderBeside(PresenceNote, { post: makeDraft() })
    await screen.findByText('Mina has this post open, too.')
    await vi.advanceTimersByTimeAsync(beat)
    await expect.poll(() => told).toHaveLength(2)
    unmount()

    await expect.poll(() => told).toHaveLength(3)
    const tabs = told.map((line) => line.split(' ')[2])
    expect(new Set(tabs).size).toBe(1)
    expect(told[2]).toMatch(/^delete tools [0-9a-f]{32}$/)
    await vi.advanceTimersByTimeAsync(3 * beat)
    expect(told).toHaveLength(3)
  })

  it('is alone, and says nothing, when the server fails; and hears of the others later', async () => {
    server.use(
      http.put(address, () => problem(503)),
      http.delete(address, () => problem(503)),
    )
    await renderBeside(PresenceNote, { post: makeDraft() })
    await vi.advanceTimersByTimeAsync(beat / 2)
    expect(screen.getByRole('status')).toBeEmptyDOMElement()
    serve('Mina')
    await vi.advanceTimersByTimeAsync(beat)

    expect(await screen.findByText('Mina has this post open, too.')).toBeVisible()
  })

  it('asks nothing while there is no post', async () => {
    const told = serve('Mina')
    await renderBeside(PresenceNote, { post: null })
    await vi.advanceTimersByTimeAsync(beat)

    expect(told).toEqual([])
  })
})
