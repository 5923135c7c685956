import { QueryClient } from '@tanstack/vue-query'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { beginSession, endSession } from '@/api'

import { isSignedIn, startSession } from './session'

const key = ['posts', 'detail', 'a']
let client: QueryClient
let stop: () => void

beforeEach(() => {
  client = new QueryClient()
  stop = startSession(client)
})
afterEach(() => stop())

async function begin(): Promise<void> {
  beginSession({ access: 'token', expires_in: 600 })
  await nextTick()
}

describe('startSession', () => {
  it('lets whoever signs in go on reading, and asks again for what they may see', async () => {
    client.setQueryData(key, 'What everybody may read')
    await begin()

    expect(isSignedIn()).toBe(true)
    expect(client.getQueryData(key)).toBe('What everybody may read')
    expect(client.getQueryState(key)?.isInvalidated).toBe(true)
  })

  it('forgets what a member had when the session ends', async () => {
    await begin()
    client.setQueryData(key, 'A draft')
    endSession()
    await nextTick()

    expect(isSignedIn()).toBe(false)
    expect(client.getQueryData(key)).toBeUndefined()
  })
})
