import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { problem } from '@/test/answers'
import { makeImage } from '@/test/factories'
import { server } from '@/test/server'
import { serveTus } from '@/test/tus'

import { ResumableUpload } from './tus'

const part = 512 * 1024
const file = (bytes = 2.5 * part, name = 'Sälz.png') => new File([new Uint8Array(bytes)], name)

function send(upload: ResumableUpload) {
  const stop = new AbortController()
  const shares: number[] = []
  const waits: boolean[] = []
  const done = upload.run({
    signal: stop.signal,
    onProgress: (share) => shares.push(share),
    onWaiting: (waiting) => waits.push(waiting),
  })
  return { stop, shares, waits, done }
}

describe('a resumable upload', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => vi.useRealTimers())

  it('sends a file in parts and answers with the picture', async () => {
    const seen = serveTus((name) => ({ ...makeImage({ name }) }))
    const { shares, done } = send(new ResumableUpload(file()))

    await expect(done).resolves.toMatchObject({ name: 'Sälz.png' })
    expect(seen.parts).toEqual([
      { from: 0, bytes: part },
      { from: part, bytes: part },
      { from: 2 * part, bytes: part / 2 },
    ])
    expect(shares).toEqual([0, 0.4, 0.8])
  })

  it('goes on where it was when the connection comes back', async () => {
    const seen = serveTus(() => ({ ...makeImage() }))
    seen.fault = (asked) => (asked === 1 ? HttpResponse.error() : undefined)
    const { waits, done } = send(new ResumableUpload(file()))
    await vi.waitFor(() => expect(waits).toContain(true))
    expect(seen.heads).toBe(0)
    window.dispatchEvent(new Event('online'))
    await done

    expect(seen.heads).toBe(1)
    expect(seen.parts.map(({ from }) => from)).toEqual([0, part, 2 * part])
    expect(waits.at(-1)).toBe(false)
  })

  it('tries by itself when nobody says that the connection is back', async () => {
    const seen = serveTus(() => ({ ...makeImage() }))
    seen.fault = (asked) => (asked < 2 ? HttpResponse.error() : undefined)
    const { waits, done } = send(new ResumableUpload(file(10)))
    await vi.waitFor(() => expect(waits).toHaveLength(1))
    await vi.advanceTimersByTimeAsync(1_000)
    await vi.waitFor(() => expect(waits).toHaveLength(2))
    await vi.advanceTimersByTimeAsync(2_000)

    await expect(done).resolves.toBeDefined()
  })

  it('learns what became of a file whose last answer was lost', async () => {
    const seen = serveTus(() => ({ ...makeImage() }))
    let lost = false
    server.use(
      http.patch('*/api/v1/images/uploads/:id', async ({ request }) => {
        if (lost) return undefined
        lost = true
        await fetch(request.clone())
        return HttpResponse.error()
      }),
    )
    const { waits, done } = send(new ResumableUpload(file(10)))
    await vi.waitFor(() => expect(waits).toContain(true))
    window.dispatchEvent(new Event('online'))
    await done

    expect(seen.parts).toEqual([
      { from: 0, bytes: 10 },
      { from: 10, bytes: 0 },
    ])
  })

  it('begins anew where the server has forgotten it', async () => {
    const seen = serveTus(() => ({ ...makeImage() }))
    seen.fault = (asked) => (asked === 1 ? problem(404) : undefined)
    const { waits, done } = send(new ResumableUpload(file()))
    await vi.waitFor(() => expect(waits).toContain(true))
    window.dispatchEvent(new Event('online'))
    await done

    expect(seen.names).toHaveLength(2)
    expect(seen.parts.map(({ from }) => from)).toEqual([0, 0, part, 2 * part])
  })

  it('fails with what the server objects to, and goes on from there when asked to', async () => {
    const seen = serveTus(() => ({ ...makeImage() }))
    seen.fault = (asked) => (asked === 1 ? problem(403) : undefined)
    const upload = new ResumableUpload(file())
    await expect(send(upload).done).rejects.toMatchObject({ status: 403 })
    await expect(send(upload).done).resolves.toBeDefined()

    expect(seen.names).toHaveLength(1)
    expect(seen.parts.map(({ from }) => from)).toEqual([0, part, 2 * part])
  })

  it('gives up on a server that stays in trouble', async () => {
    const seen = serveTus(() => ({ ...makeImage() }))
    seen.fault = () => problem(503)
    const { done } = send(new ResumableUpload(file(10)))
    const outcome = done.catch((error: unknown) => error)
    for (let step = 0; step < 200; step += 1) await vi.advanceTimersByTimeAsync(1_000)

    await expect(outcome).resolves.toMatchObject({ status: 503 })
  })

  it('stops, and says so to the server', async () => {
    const seen = serveTus(() => ({ ...makeImage() }))
    seen.fault = () => HttpResponse.error()
    const upload = new ResumableUpload(file())
    const { stop, waits, done } = send(upload)
    await vi.waitFor(() => expect(waits).toContain(true))
    stop.abort()
    await expect(done).rejects.toMatchObject({ name: 'AbortError' })
    await upload.discard()

    expect(seen.discarded).toEqual(['0'])
    expect(seen.parts).toEqual([])
  })
})
