import { QueryClient } from '@tanstack/vue-query'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession } from '@/api'
import { problem } from '@/test/answers'
import { freshDevice } from '@/test/device'
import { makeComment, makeMe } from '@/test/factories'
import { server } from '@/test/server'

import {
  keepWaiting,
  mayWait,
  onOutcome,
  reopenOutbox,
  waitingOf,
  type Outcome,
  type Waiting,
} from './outbox'
import { sendWaiting, startSending } from './outbox-sending'

const address = '*/api/v1/posts/on-engines/comments'
let count = 0
const wrote = (given: Partial<Waiting> = {}): Waiting => {
  count += 1
  const { key = `key-${count}` } = given
  return { key, username: 'ada', slug: 'on-engines', parent: null, body: 'Hello', writtenAt: count, ...given }
}
const created = () => HttpResponse.json(makeComment({ body: 'Hello' }), { status: 201 })

beforeEach(() => {
  freshDevice()
  reopenOutbox()
  beginSession({ access: 'token', expires_in: 600 })
})

/** What the server was sent: the keys, and what was said. */
function taking(answer: () => Response | Promise<Response> = created) {
  const sent: { key: string | null; body: unknown }[] = []
  server.use(
    http.post(address, async ({ request }) => {
      sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() })
      return answer()
    }),
  )
  return sent
}

describe('the outbox', () => {
  it('sends what waits once, in its order, and tells every tab', async () => {
    const sent = taking()
    const outcomes: Outcome[] = []
    const stop = onOutcome((outcome) => outcomes.push(outcome))
    await keepWaiting(wrote({ key: 'first' }))
    await keepWaiting(wrote({ key: 'second', parent: 7 }))

    await Promise.all([sendWaiting('ada'), sendWaiting('ada')])
    await sendWaiting('ada')
    stop()

    expect(sent).toEqual([
      { key: 'first', body: { body: 'Hello' } },
      { key: 'second', body: { body: 'Hello', parent: 7 } },
    ])
    expect(await waitingOf('ada')).toEqual([])
    expect(mayWait()).toBe(false)
    expect(outcomes.filter(({ type }) => type === 'sent')).toHaveLength(2)
  })

  it('tries again under the same key where the answer was lost', async () => {
    const sent = taking(() => HttpResponse.error())
    await keepWaiting(wrote({ key: 'mine' }))
    await sendWaiting('ada')
    expect((await waitingOf('ada'))[0]).toMatchObject({ key: 'mine', triedAt: expect.any(Number) as number })
    taking()
    await sendWaiting('ada')
    expect(sent.map(({ key }) => key)).toEqual(['mine'])
    expect(await waitingOf('ada')).toEqual([])
  })

  it('keeps what the server is too busy for, or what it asks to sign in for', async () => {
    server.use(http.post('*/api/v1/auth/token/refresh', () => problem(401)))
    for (const status of [401, 429, 503]) {
      taking(() => problem(status))
      await keepWaiting(wrote({ key: 'patient' }))
      await sendWaiting('ada')
      const [kept] = await waitingOf('ada')
      expect(kept?.refusal).toBeUndefined()
      beginSession({ access: 'token', expires_in: 600 })
    }
  })

  it('keeps the text of what is refused, says why, and goes on with the next one', async () => {
    let calls = 0
    taking(() =>
      ++calls === 1 ? problem(409, { code: 'thread_locked', detail: 'It is locked.' }) : created(),
    )
    await keepWaiting(wrote({ key: 'refused', body: 'Too late' }))
    await keepWaiting(wrote({ key: 'taken' }))
    await sendWaiting('ada')
    expect(await waitingOf('ada')).toMatchObject([
      { key: 'refused', body: 'Too late', refusal: 'It is locked.' },
    ])
    await sendWaiting('ada')
    expect(calls).toBe(2)
  })

  it('never sends in somebody else’s name', async () => {
    const sent = taking()
    await keepWaiting(wrote({ username: 'bo' }))
    server.use(http.get('*/api/v1/me', () => HttpResponse.json(makeMe({ username: 'ada' }))))
    startSending(new QueryClient())
    await sendWaiting('ada')
    expect(sent).toEqual([])
    expect(await waitingOf('bo')).toHaveLength(1)
    expect(await waitingOf('ada')).toEqual([])
  })

  it('looks whether an old one got there before the server forgot its key', async () => {
    const sent = taking()
    const there = makeComment({
      body: 'Hello',
      author: { username: 'ada', display_name: '', avatar_url: '' },
    })
    server.use(http.get(address, () => HttpResponse.json({ results: [there], next: null, previous: null })))
    await keepWaiting(wrote({ triedAt: Date.now() - 30 * 60 * 60_000 }))
    await sendWaiting('ada')
    expect(sent).toEqual([])
    expect(await waitingOf('ada')).toEqual([])
  })
})
