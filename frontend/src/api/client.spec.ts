import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import { beginSession, endSession, getMe, getPost, listPosts, mayHaveSession, updateMe } from '@/api'
import { NetworkError, ProblemError } from '@/lib/problem'
import { listOf, problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { server } from '@/test/server'

import { client } from './http'

/** A backend that takes one access token alone and gives out the next at each renewal. */
function serve(accepted: string) {
  const seen = { renewals: 0, tokens: [] as (string | null)[], bodies: [] as unknown[] }
  server.use(
    http.post('*/api/v1/auth/token/refresh', () => {
      seen.renewals += 1
      return HttpResponse.json({ access: 'new', expires_in: 600 })
    }),
    http.all('*/api/v1/me', async ({ request }) => {
      const token = request.headers.get('Authorization')
      seen.tokens.push(token)
      seen.bodies.push(request.method === 'PATCH' ? await request.json() : null)
      return token === `Bearer ${accepted}` ? HttpResponse.json(makeMe()) : problem(401)
    }),
  )
  return seen
}

describe('the API client', () => {
  it('sends an anonymous reader’s request without a token and without asking for one', async () => {
    const tokens: (string | null)[] = []
    server.use(
      http.get('*/api/v1/posts', ({ request }) => {
        tokens.push(request.headers.get('Authorization'))
        return listOf([])
      }),
    )
    await listPosts()

    expect(tokens).toEqual([null])
  })

  it('renews a refused token once for all requests, and sends them again whole', async () => {
    const seen = serve('new')
    beginSession({ access: 'old', expires_in: 600 })

    await Promise.all([
      getMe(),
      getMe(),
      updateMe({ body: { bio: 'Hello' }, headers: { 'If-Match': '"1"' } }),
    ])

    expect(seen.renewals).toBe(1)
    expect(seen.tokens.slice(-3)).toEqual(['Bearer new', 'Bearer new', 'Bearer new'])
    expect(seen.bodies).toContainEqual({ bio: 'Hello' })
  })

  it('renews before the token ends', async () => {
    const seen = serve('new')
    beginSession({ access: 'ending', expires_in: 5 })

    await getMe()

    expect(seen.tokens).toEqual(['Bearer new'])
  })

  it('ends the session when the server says that it is over', async () => {
    server.use(
      http.post('*/api/v1/auth/token/refresh', () => problem(401)),
      http.get('*/api/v1/me', () => problem(401, { code: 'not_authenticated' })),
    )
    beginSession({ access: 'old', expires_in: 600 })

    await expect(getMe()).rejects.toMatchObject({ status: 401, code: 'not_authenticated' })
    expect(mayHaveSession()).toBe(false)
  })

  it('keeps the session when the connection is lost', async () => {
    server.use(http.post('*/api/v1/auth/token/refresh', () => HttpResponse.error()))
    beginSession({ access: 'old', expires_in: 1 })

    await expect(getMe()).rejects.toBeInstanceOf(NetworkError)
    expect(mayHaveSession()).toBe(true)
  })

  it.each([
    ['post', '/api/v1/auth/token', null],
    ['post', '/api/v1/auth/second-factor/passkey-options', null],
    ['post', '/api/v1/auth/password/reset/confirm', null],
    ['post', '/api/v1/auth/password', 'Bearer mine'],
    ['get', '/api/v1/auth/factors', 'Bearer mine'],
    ['post', '/api/v1/auth/passkeys/options', 'Bearer mine'],
    ['post', '/api/v1/auth/email/confirm', 'Bearer mine'],
  ] as const)('sends %s %s with the token %j', async (method, url, expected) => {
    let token: string | null = 'none sent'
    server.use(
      http[method](`*${url}`, ({ request }) => {
        token = request.headers.get('Authorization')
        return HttpResponse.json({})
      }),
    )
    beginSession({ access: 'mine', expires_in: 600 })

    await client[method]({ url })

    expect(token).toBe(expected)
  })

  it('reads again without a token what was being read while the session ended', async () => {
    const tokens: (string | null)[] = []
    server.use(
      http.get('*/api/v1/posts', ({ request }) => {
        const token = request.headers.get('Authorization')
        tokens.push(token)
        if (token === null) return listOf([])
        endSession()
        return problem(401)
      }),
    )
    beginSession({ access: 'old', expires_in: 600 })

    await expect(listPosts()).resolves.toBeDefined()
    expect(tokens).toEqual(['Bearer old', null])
  })

  it('writes nothing twice because the session ended', async () => {
    let writes = 0
    server.use(
      http.patch('*/api/v1/me', () => {
        writes += 1
        endSession()
        return problem(401)
      }),
    )
    beginSession({ access: 'old', expires_in: 600 })

    await expect(updateMe({ body: { bio: 'Hello' } })).rejects.toMatchObject({ status: 401 })
    expect(writes).toBe(1)
  })

  it('does not wait for ever for another tab that renews', async () => {
    const seen = serve('new')
    // As a lock that another tab holds and does not give back.
    const request = vi.fn(
      (_name: string, options: LockOptions) =>
        new Promise((_resolve, reject) => {
          options.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error))
        }),
    )
    vi.stubGlobal('navigator', { ...navigator, locks: { request } })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    beginSession({ access: 'ending', expires_in: 5 })

    const answer = getMe()
    await vi.advanceTimersByTimeAsync(5_000)
    vi.useRealTimers()
    await answer

    expect(seen.tokens).toEqual(['Bearer new'])
    vi.unstubAllGlobals()
  })

  it('throws problem documents', async () => {
    server.use(http.get('*/api/v1/posts/x', () => problem(404, { title: 'Not found', request_id: 'r-7' })))

    const error: unknown = await getPost({ path: { slug: 'x' } }).catch((cause: unknown) => cause)

    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ status: 404, title: 'Not found', requestId: 'r-7' })
  })
})
