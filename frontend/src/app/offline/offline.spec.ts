import type { QueryClient } from '@tanstack/vue-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { beginSession, endSession } from '@/api'
import { NetworkError, ProblemError } from '@/lib/problem'
import { freshDevice } from '@/test/device'

import { createQueryClient } from '../query-client'
import { recalled } from './at-hand'
import { isWorthKeeping, startKeeping } from './keeper'
import { belongTo, keep, owner, recall, reopenKept } from './kept'
import { line } from './line'

const away = () => Promise.reject(new NetworkError('gone'))
const session = { access: 'token', expires_in: 600 }
const stops: (() => void)[] = []

function visit(): QueryClient {
  const client = createQueryClient()
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } })
  stops.push(startKeeping(client))
  return client
}

const ask = (client: QueryClient, queryKey: unknown[], queryFn: () => Promise<unknown>) =>
  client.fetchQuery({ queryKey, queryFn, staleTime: 0 })
const isKept = (key: unknown[]) =>
  vi.waitFor(async () => expect(await recall(JSON.stringify(key))).toBeDefined(), 2_000)

beforeEach(() => {
  freshDevice()
  reopenKept()
  recalled.clear()
})
afterEach(() => stops.splice(0).forEach((stop) => stop()))

const post = ['posts', 'detail', 'on-engines', false]
const published = { slug: 'on-engines', status: 'published', body_html: '<p>Engines.</p>' }

describe('what is kept', () => {
  it('answers a later visit where the server can’t be reached, and says so', async () => {
    await ask(visit(), post, () => Promise.resolve(published))
    await isKept(post)

    const later = visit()
    expect(await ask(later, post, away)).toEqual(published)
    expect(line.showsKept).toBe(true)

    const news = { ...published, body_html: '<p>New.</p>' }
    expect(await ask(later, post, () => Promise.resolve(news))).toEqual(news)
    expect(line.showsKept).toBe(false)
  })

  it('never stands for an answer of the server', async () => {
    await ask(visit(), post, () => Promise.resolve(published))
    await isKept(post)
    const gone = () => Promise.reject(new ProblemError(404))
    await expect(ask(visit(), post, gone)).rejects.toThrow('HTTP 404')
  })

  it('stands in for a server that is down', async () => {
    await ask(visit(), post, () => Promise.resolve(published))
    await isKept(post)
    expect(await ask(visit(), post, () => Promise.reject(new ProblemError(502)))).toEqual(published)
  })

  it('is shown while a slow line takes its time, and replaced then', async () => {
    await ask(visit(), post, () => Promise.resolve(published))
    await isKept(post)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const client = visit()
    let answer = (_: unknown): void => undefined
    const asking = ask(client, post, () => new Promise((resolve) => (answer = resolve)))
    await vi.advanceTimersByTimeAsync(4_100)
    vi.useRealTimers()
    await vi.waitFor(() => expect(client.getQueryData(post)).toEqual(published))
    answer({ ...published, body_html: 'New' })
    await asking
    expect(client.getQueryData(post)).toEqual({ ...published, body_html: 'New' })
  })

  it('is missing where nobody has read it: that is no answer', async () => {
    await expect(ask(visit(), post, away)).rejects.toThrow('gone')
  })
})

describe('whose it is', () => {
  const mine = ['bookmarks']
  const me = { username: 'ada' }

  it('is nobody’s until it is known who is there', async () => {
    beginSession(session)
    const client = visit()
    await ask(client, mine, () => Promise.resolve(['secret']))
    expect(owner()).toBeUndefined()
    await ask(client, ['me'], () => Promise.resolve(me))
    await isKept(mine)
    expect(owner()).toBe('ada')
  })

  it('goes when that person leaves, and never reaches the next one', async () => {
    beginSession(session)
    const client = visit()
    await ask(client, ['me'], () => Promise.resolve(me))
    await ask(client, mine, () => Promise.resolve(['secret']))
    await isKept(mine)

    endSession()
    await vi.waitFor(async () => expect(await recall('["bookmarks"]')).toBeUndefined())
    beginSession(session)
    await belongTo('bo')
    expect(await recall('["bookmarks"]')).toBeUndefined()
    await expect(ask(visit(), mine, away)).rejects.toThrow('gone')
  })

  it('is not written by a tab that has not heard yet that the person left', async () => {
    beginSession(session)
    await belongTo('ada')
    await belongTo('bo')
    await keep('ada', [{ hash: '["bookmarks"]', answer: { value: ['secret'], at: 1 } }])
    await belongTo('ada')
    expect(await recall('["bookmarks"]')).toBeUndefined()
  })

  it('is gone at the next visit where a session ended before anybody listened', async () => {
    beginSession(session)
    await belongTo('ada')
    await keep('ada', [{ hash: '["bookmarks"]', answer: { value: ['secret'], at: 1 } }])
    endSession()
    visit()
    await vi.waitFor(() => expect(localStorage.getItem('byline.kept-for')).toBeNull())
    beginSession(session)
    await vi.waitFor(async () => expect(await recall('["bookmarks"]')).toBeUndefined())
  })

  it('keeps what everybody gets', async () => {
    await ask(visit(), post, () => Promise.resolve(published))
    await isKept(post)
    beginSession(session)
    await belongTo('ada')
    endSession()
    await belongTo(undefined)
    expect(await recall(JSON.stringify(post))).toBeDefined()
  })
})

it('keeps what is read, not what is written or one’s account', () => {
  const query = (queryKey: unknown[], data: unknown = {}) => ({
    queryKey,
    state: { data, status: 'success' as const },
  })
  expect(isWorthKeeping(query(post, published))).toBe(true)
  expect(isWorthKeeping(query(['comments', 'a', 'oldest', true, null]))).toBe(true)
  expect(isWorthKeeping(query(['me']))).toBe(true)
  expect(isWorthKeeping(query(post, { ...published, status: 'draft' }))).toBe(false)
  expect(isWorthKeeping(query(['me', 'factors']))).toBe(false)
  expect(isWorthKeeping(query(['account', 'tokens']))).toBe(false)
  expect(isWorthKeeping(query(['writing', 'post', 'a']))).toBe(false)
  expect(isWorthKeeping(query(['moderation', 'summary']))).toBe(false)
  const thread = (count: number) =>
    query(['comments', 'a', 'oldest', true, null], { rows: Array(count).fill({}) })
  expect(isWorthKeeping(thread(1_000))).toBe(true)
  expect(isWorthKeeping(thread(10_000))).toBe(false)
})
