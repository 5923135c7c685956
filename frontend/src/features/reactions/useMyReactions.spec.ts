import { QueryClient } from '@tanstack/vue-query'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

import { beginSession } from '@/api'
import { useToasts } from '@/composables/useToasts'
import { startSession } from '@/features/accounts'
import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { useMyReactions } from './useMyReactions'

type Mine = ReturnType<typeof useMyReactions>
const comment = '*/api/v1/comments/7/like'

/** What one has, shared by two parts of a page. */
async function open(): Promise<{ mine: Mine; other: Mine }> {
  const found: Mine[] = []
  const Part = defineComponent({
    setup() {
      found.push(useMyReactions('salt'))
      return () => h('p')
    },
  })
  await render(() => [h(Part), h(Part)])
  const [mine, other] = found
  if (!mine || !other) throw new Error('nothing was rendered')
  return { mine, other }
}

beforeEach(() => {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(makeMe())),
    http.get('*/api/v1/posts/salt/my-reactions', () =>
      HttpResponse.json({ liked: false, bookmarked: true, liked_comments: [3] }),
    ),
  )
})

describe('useMyReactions', () => {
  it('tells what one likes and keeps', async () => {
    const { mine } = await open()
    expect(mine.known.value).toBe(false)
    await expect.poll(() => mine.bookmarked.value).toBe(true)

    expect(mine.liked.value).toBe(false)
    expect([mine.likesComment(3), mine.likesComment(7)]).toEqual([true, false])
    expect(mine.likeCount(7, 4)).toBe(4)
  })

  it('likes a comment at once, in every part, and then shows what the server counted', async () => {
    let answer = (): void => undefined
    server.use(
      http.put(comment, async () => {
        await new Promise<void>((resolve) => (answer = resolve))
        return HttpResponse.json({ liked: true, like_count: 9 })
      }),
    )
    const { mine, other } = await open()
    await expect.poll(() => mine.known.value).toBe(true)
    const done = mine.likeComment(7, 4, true)
    await expect.poll(() => other.likesComment(7)).toBe(true)
    expect(other.likeCount(7, 4)).toBe(5)

    await expect.poll(() => (answer(), other.likeCount(7, 4))).toBe(9)
    await expect(done).resolves.toBe(true)
    // A newer number of the comment's own counts from then on.
    expect(other.likeCount(7, 12)).toBe(12)
  })

  it('takes back what the server refuses, and says why', async () => {
    server.use(http.put(comment, () => problem(403, { detail: 'Not from here.' })))
    const { mine } = await open()
    await expect.poll(() => mine.known.value).toBe(true)

    await expect(mine.likeComment(7, 4, true)).resolves.toBe(false)
    expect(mine.likesComment(7)).toBe(false)
    expect(mine.likesComment(3)).toBe(true)
    expect(mine.likeCount(7, 4)).toBe(4)
    expect(useToasts().toasts.value.at(-1)).toMatchObject({ kind: 'error', message: 'Not from here.' })
  })

  it('asks for what was wanted last, one request at a time', async () => {
    const sent: string[] = []
    let answer = (): void => undefined
    const wait = (liked: boolean, like_count: number) => async () => {
      sent.push(liked ? 'like' : 'unlike')
      await new Promise<void>((resolve) => (answer = resolve))
      return HttpResponse.json({ liked, like_count })
    }
    server.use(http.put(comment, wait(true, 5)), http.delete(comment, wait(false, 4)))
    const { mine } = await open()
    await expect.poll(() => mine.known.value).toBe(true)
    const deeds = [mine.likeComment(7, 4, true)]
    await expect.poll(() => sent).toEqual(['like'])
    deeds.push(mine.likeComment(7, 4, false), mine.likeComment(7, 4, true), mine.likeComment(7, 4, false))
    await expect.poll(() => mine.likesComment(7)).toBe(false)
    expect(sent).toEqual(['like'])
    answer()
    await expect.poll(() => sent).toEqual(['like', 'unlike'])
    answer()

    await expect(Promise.all(deeds)).resolves.toEqual([true, true, true, true])
    expect([mine.likesComment(7), mine.likeCount(7, 4)]).toEqual([false, 4])
  })

  it('goes back to what stood there first where two wishes are refused together', async () => {
    server.use(
      http.put(comment, () => problem(503)),
      http.delete(comment, () => problem(503)),
    )
    const { mine } = await open()
    await expect.poll(() => mine.known.value).toBe(true)
    await Promise.all([mine.likeComment(7, 4, true), mine.likeComment(7, 4, false)])

    expect([mine.likesComment(7), mine.likeCount(7, 4)]).toEqual([false, 4])
  })

  it('asks nothing for guests', async () => {
    server.use(http.post('*/api/v1/auth/token/sign-out', () => new HttpResponse(null, { status: 204 })))
    const { endSession } = await import('@/api')
    endSession()
    const { mine } = await open()

    expect([mine.known.value, mine.liked.value, mine.likeCount('post', 3)]).toEqual([false, false, 3])
  })
})
