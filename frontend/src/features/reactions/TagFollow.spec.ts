import { QueryClient } from '@tanstack/vue-query'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { problem } from '@/test/answers'
import { makeTag } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import TagFollow from './TagFollow.vue'

const path = '*/api/v1/tags/maps/follow'
const done = () => new HttpResponse(null, { status: 204 })

async function open(followed: boolean) {
  server.use(http.get(path, () => HttpResponse.json({ followed })))
  await render(TagFollow, { props: { tag: makeTag() } })
  return userEvent.setup()
}

beforeEach(() => {
  startSession(new QueryClient())
  beginSession({ access: 'token', expires_in: 600 })
})

describe('TagFollow', () => {
  it('follows at once, and stops', async () => {
    const sent: string[] = []
    server.use(
      http.put(path, () => (sent.push('follow'), done())),
      http.delete(path, () => (sent.push('unfollow'), done())),
    )
    const user = await open(false)
    await user.click(await screen.findByRole('button', { name: 'Follow the tag Maps' }))
    await user.click(await screen.findByRole('button', { name: 'Stop following the tag Maps' }))

    expect(await screen.findByRole('button', { name: 'Follow the tag Maps' })).toBeVisible()
    await expect.poll(() => sent.at(-1)).toBe('unfollow')
  })

  it('takes back what the server refuses', async () => {
    server.use(http.delete(path, () => problem(503)))
    const user = await open(true)
    await user.click(await screen.findByRole('button', { name: 'Stop following the tag Maps' }))

    expect(await screen.findByRole('button', { name: 'Stop following the tag Maps' })).toBeVisible()
  })
})
