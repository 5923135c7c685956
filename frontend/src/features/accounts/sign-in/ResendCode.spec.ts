import { fireEvent, screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { useAnnouncement } from '@/composables/useAnnouncer'
import { problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import ResendCode from './ResendCode.vue'

const address = '*/api/v1/auth/code/resend'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

async function wait() {
  const view = await render(ResendCode, { props: { challenge: 'c.secret' } })
  await vi.advanceTimersByTimeAsync(31_000)
  return view
}
const another = () => screen.findByRole('button', { name: 'Send another code' })

describe('ResendCode', () => {
  it('lets a mail arrive first, and counts the seconds', async () => {
    await render(ResendCode, { props: { challenge: 'c.secret' } })
    const button = screen.getByRole('button', { name: /in 30 seconds/ })
    expect(button).toHaveAttribute('aria-disabled', 'true')

    await vi.advanceTimersByTimeAsync(29_000)
    expect(button).toHaveTextContent('in 1 second.')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await another()).not.toHaveAttribute('aria-disabled')
  })

  it('asks for another, says so, and waits again', async () => {
    let sent: unknown
    server.use(
      http.post(address, async ({ request }) => {
        sent = await request.json()
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await wait()
    await fireEvent.click(await another())

    await expect.poll(() => useAnnouncement().value).toContain('Another code is on its way')
    expect(sent).toEqual({ challenge: 'c.secret' })
    expect(screen.getByRole('button', { name: /in 30 seconds/ })).toBeVisible()
  })

  it('says when there are no more', async () => {
    const detail = 'Enough codes were sent for this.'
    server.use(http.post(address, () => problem(422, { code: 'too_many_codes', detail })))
    await wait()
    await fireEvent.click(await another())

    expect(await screen.findByRole('alert')).toHaveTextContent(detail)
  })

  it('begins again for a wrong address', async () => {
    const { emitted } = await render(ResendCode, { props: { challenge: 'c.secret' } })
    await fireEvent.click(screen.getByRole('button', { name: 'Wrong address? Begin again' }))

    expect(emitted('begin')).toHaveLength(1)
  })
})
