import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'

import { freshDevice } from '@/test/device'
import { problem } from '@/test/answers'
import { makePost } from '@/test/factories'
import { server } from '@/test/server'

import { reopenJournal } from './journal'
import { knownOf } from './known'
import { useSaving } from './useSaving'
import { useText } from './useText'

const post = makePost({ slug: 'ink', body: 'One.', version: 3, status: 'draft' })
let scope: EffectScope
let sent: { at: number; body: unknown }[]

function begin() {
  const made = scope.run(() => {
    const text = useText('ada', knownOf(post, null, 'en'))
    return { text, saving: useSaving(text, 'en', () => undefined) }
  })
  if (!made) throw new Error('the scope has ended')
  const { text, saving } = made
  const type = (letters: string) => {
    text.draft.body += letters
    saving.onTyped()
  }
  return { ...made, type }
}

/** Lets time go by, and what is under way come to its end. */
const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

beforeEach(() => {
  freshDevice()
  reopenJournal()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  scope = effectScope()
  sent = []
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

function answer(...answers: (() => Response)[]) {
  server.use(
    http.patch('*/api/v1/posts/ink', async ({ request }) => {
      const body = Object(await request.json())
      sent.push({ at: Date.now(), body })
      const failure = answers.shift()
      return failure ? failure() : HttpResponse.json({ ...post, ...body, version: 3 + sent.length })
    }),
  )
}

describe('useSaving', () => {
  it('saves within three seconds of a pause', async () => {
    answer()
    const { type, saving } = begin()
    const begun = Date.now()
    type(' Two.')
    expect(saving.state.value).toBe('unsaved')
    await wait(1_400)
    expect(sent).toEqual([])
    await wait(200)
    await vi.waitFor(() => expect(saving.state.value).toBe('saved'))
    expect(sent).toMatchObject([{ body: { body: 'One. Two.' } }])
    expect((sent[0]?.at ?? 0) - begun).toBeLessThanOrEqual(3_000)
  })

  it('saves every ten seconds while there is no pause', async () => {
    answer()
    const { type } = begin()
    for (let count = 0; count < 100; count += 1) {
      type('x')
      await wait(250)
    }
    await vi.waitFor(() => expect(sent.length).toBeGreaterThanOrEqual(2))
    const [first, second] = sent.map(({ at }) => at)
    expect((second ?? Infinity) - (first ?? 0)).toBeLessThanOrEqual(10_500)
  })

  it('tries again by itself while the server is away, and says so', async () => {
    answer(() => HttpResponse.error())
    const { type, saving, text } = begin()
    type(' Two.')
    await wait(1_600)
    await vi.waitFor(() => expect(saving.state.value).toBe('offline'))
    type(' Three.')
    await wait(5_100)
    await vi.waitFor(() => expect(saving.state.value).toBe('saved'))
    expect(sent.at(-1)?.body).toEqual({ body: 'One. Two. Three.' })
    expect(text.draft.body).toBe('One. Two. Three.')
  })

  it('keeps what is typed while a save is under way, and saves it next', async () => {
    const { type, saving } = begin()
    answer(() => {
      type(' Three.')
      return HttpResponse.json({ ...post, body: 'One. Two.', version: 4 })
    })
    type(' Two.')
    await wait(1_600)
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    await wait(1_600)
    await vi.waitFor(() => expect(saving.state.value).toBe('saved'))
    expect(sent.at(-1)?.body).toEqual({ body: 'One. Two. Three.' })
  })

  it('is done when the server has what a save brought that was never answered', async () => {
    answer(
      () => HttpResponse.error(),
      () => problem(412, { current_version: 4 }),
    )
    const stored = { ...post, body: 'One. Two.', version: 4 }
    server.use(http.get('*/api/v1/posts/ink', () => HttpResponse.json(stored)))
    const { type, saving, text } = begin()
    type(' Two.')
    await wait(1_600)
    await vi.waitFor(() => expect(saving.state.value).toBe('offline'))
    await wait(5_100)
    await vi.waitFor(() => expect(saving.state.value).toBe('saved'))
    expect(text.draft.body).toBe('One. Two.')
    expect(sent).toHaveLength(2)
  })
})
