import { screen, within } from '@testing-library/vue'
import { QueryClient } from '@tanstack/vue-query'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { listOf } from '@/test/answers'
import { makeComment, makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import CommentThread from './CommentThread.vue'

type Tell = (entries: { target: Element; isIntersecting: boolean }[]) => void

let tell: Tell
const stood = { reply: true, edit: false, delete: false, like: true, report: true }
const last = 130
const comments = Array.from({ length: last }, (_, index) =>
  makeComment({ id: index + 1, body: `Number ${index + 1}.`, permissions: stood }),
)
/** Many comments take a moment to build. */
const until = (holds: () => void) => vi.waitFor(holds, { timeout: 10_000 })
const place = (id: number) => document.getElementById(`comment-${id}`)
const isText = (id: number) => place(id)?.matches('p.chunk-text')

/** What holds the first comment is in sight; the rest is far below. */
function lieBelow(this: Element): DOMRect {
  const isFirst = this.querySelector('#comment-1') !== null || this.matches('.chunk-group:first-child')
  return new DOMRect(0, isFirst ? 0 : 50_000, 100, 100)
}

async function move(id: number, isIntersecting: boolean): Promise<void> {
  for (const kind of ['.chunk-group', '.chunk']) {
    const target = place(id)?.closest(kind)
    if (target) tell([{ target, isIntersecting }])
    await nextTick()
  }
}

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(given: Tell) {
        tell = given
      }
      observe = vi.fn()
      unobserve = vi.fn()
      disconnect = vi.fn()
    },
  )
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(lieBelow)
  server.use(
    http.get('*/api/v1/posts/a/comments', () => listOf(comments)),
    http.get('*/api/v1/posts/a/comments/status', () =>
      HttpResponse.json({ comment_count: last, newest: last, locked: false, slow_mode_seconds: 0 }),
    ),
    http.get('*/api/v1/posts/a/my-reactions', () =>
      HttpResponse.json({ liked: false, bookmarked: false, liked_comments: [] }),
    ),
    http.get('*/api/v1/me', () => HttpResponse.json(makeMe())),
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function open() {
  beginSession({ access: 'token', expires_in: 600 })
  startSession(new QueryClient())
  const shown = await render(CommentThread, {
    props: { slug: 'a', open: true, count: last, editMinutes: 0 },
    at: '/posts/a',
  })
  await until(() => expect(place(last)).not.toBeNull())
  return shown
}

describe('a long thread', { timeout: 30_000 }, () => {
  it('keeps what is far away as text, and brings it to life when it comes near', async () => {
    await open()
    await until(() => expect(isText(4)).toBe(false))
    expect(isText(50)).toBe(true)
    expect(isText(last)).toBe(true)
    expect(place(last)).toHaveTextContent(`Number ${last}.`)
    await move(last, true)
    await until(() => expect(isText(last)).toBe(false))
    await move(last, false)
    await until(() => expect(isText(last)).toBe(true))
  })

  it('leaves a place where one writes as it is until one is done', async () => {
    await open()
    await until(() => expect(isText(1)).toBe(false))
    const first = within(place(1) ?? document.body)
    await userEvent.click(first.getByRole('button', { name: /^Reply/ }))
    await userEvent.type(screen.getByLabelText(/^Your reply to/), 'Half a thought')
    await move(1, false)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(screen.getByLabelText(/^Your reply to/)).toHaveValue('Half a thought')
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    place(1)?.blur()
    await until(() => expect(isText(1)).toBe(true))
  })

  it('empties what is far away before one turns to another order', async () => {
    const { router } = await open()
    let left: boolean | undefined
    router.beforeResolve(() => {
      left = place(last) !== null
    })
    await router.replace({ path: '/posts/a', query: { comments: 'newest' } })
    expect(left).toBe(false)
  })

  it('empties what is near and not in sight before one leaves, and fills it again if one stays', async () => {
    const { router } = await open()
    const chunk = place(50)?.closest<HTMLElement>('.chunk')
    let left: unknown[] = []
    router.beforeResolve(() => {
      left = [place(1) !== null, place(50) !== null, place(last) !== null, chunk?.style.minBlockSize]
      return false
    })
    await router.push('/')
    expect(left).toEqual([true, false, false, '100px'])
    await until(() => expect(place(last)).not.toBeNull())
    expect(place(50)).not.toBeNull()
    expect(chunk?.style.minBlockSize).toBe('')
  })

  it('empties no place where one writes', async () => {
    const { router } = await open()
    await until(() => expect(isText(1)).toBe(false))
    await userEvent.click(within(place(1) ?? document.body).getByRole('button', { name: /^Reply/ }))
    await userEvent.type(screen.getByLabelText(/^Your reply to/), 'Half a thought')
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 50_000, 100, 100))
    let left: boolean | undefined
    router.beforeResolve(() => {
      left = place(1) !== null
      return false
    })
    await router.push('/')
    expect(left).toBe(true)
    expect(screen.getByLabelText(/^Your reply to/)).toHaveValue('Half a thought')
  })
})
