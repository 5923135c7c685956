import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import type { Export } from '@/api'
import { makeExport } from '@/test/account-factories'
import { listOf, problem } from '@/test/answers'
import { makeMe, makeUser } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AccountPrivacyPage from './AccountPrivacyPage.vue'

const due = '2026-12-05T12:00:00Z'

const none = makeExport({ status: 'none', requested_at: null, ready_at: null, expires_at: null, size: null })

/** The page of somebody with this export. */
async function open({ made = none, me = makeMe() }: { made?: Export; me?: ReturnType<typeof makeMe> } = {}) {
  server.use(http.get('*/api/v1/me/export', () => HttpResponse.json(made)))
  const view = await render(AccountPrivacyPage, { props: { me } })
  return { ...view, user: userEvent.setup() }
}

beforeEach(() => {
  server.use(http.get('*/api/v1/me/blocks', () => listOf([])))
})

describe('blocked people', () => {
  it('are listed, and let go', async () => {
    let left = [makeUser({ username: 'grace', display_name: 'Grace Hopper' })]
    server.use(
      http.get('*/api/v1/me/blocks', () => listOf(left)),
      http.delete('*/api/v1/users/grace/block', () => {
        left = []
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Unblock Grace Hopper' }))

    expect(await screen.findByText(/You block nobody/)).toBeVisible()
  })

  it('can be asked for again when the server fails', async () => {
    server.use(http.get('*/api/v1/me/blocks', () => problem(500)))
    await open()
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})

describe('the copy of one’s data', () => {
  it('is asked for, waited for and fetched', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
    )
    let made = none
    server.use(
      http.post('*/api/v1/me/export', () => {
        made = makeExport({ status: 'waiting', ready_at: null, expires_at: null, size: null })
        return HttpResponse.json(made, { status: 202 })
      }),
      http.get('*/api/v1/me/export/download', () => HttpResponse.arrayBuffer(new ArrayBuffer(8))),
    )
    const { user } = await open()
    server.use(http.get('*/api/v1/me/export', () => HttpResponse.json(made)))
    await user.click(await screen.findByRole('button', { name: 'Make a copy' }))
    expect(await screen.findByText(/Your copy is being made/)).toBeVisible()

    made = makeExport()
    await vi.advanceTimersByTimeAsync(20_000)
    vi.useRealTimers()
    expect(await screen.findByText(/Your copy is ready: 2.4 MB/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Download' }))
    await expect.poll(() => click.mock.calls).toHaveLength(1)
  })

  it('is offered anew when the last one failed or is over', async () => {
    await open({ made: makeExport({ expires_at: '2020-01-01T00:00:00Z' }) })
    expect(await screen.findByText(/has been deleted, as it should be/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Make a new copy' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Download' })).not.toBeInTheDocument()
  })

  it('says so when it could not be made', async () => {
    await open({ made: makeExport({ status: 'failed' }) })
    expect(await screen.findByText(/could not be made/)).toBeVisible()
  })
})

describe('deleting the account', () => {
  it('asks for the username, and sends what becomes of one’s words', async () => {
    let sent: unknown
    server.use(
      http.delete('*/api/v1/me', async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json(makeMe({ deletion_due_at: due }), { status: 202 })
      }),
    )
    const { user } = await open({ me: makeMe({ username: 'ada', post_count: 2 }) })
    await user.click(await screen.findByRole('button', { name: 'Delete my account…' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Delete your account?' }))
    await user.click(dialog.getByRole('button', { name: 'Delete my account' }))
    expect(dialog.getByLabelText(/Type your username/)).toHaveAccessibleDescription(/exactly: ada/)
    expect(sent).toBeUndefined()

    await user.click(dialog.getByLabelText('Remove their text; replies to them stay'))
    await user.type(dialog.getByLabelText(/Type your username/), 'ada')
    await user.click(dialog.getByRole('button', { name: 'Delete my account' }))

    await expect.poll(() => sent).toEqual({ posts: 'keep', comments: 'remove' })
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  })

  it('is not offered again while it is under way', async () => {
    await open({ me: makeMe({ deletion_due_at: due }) })
    expect(await screen.findByText(/It is under way/)).toBeVisible()
    expect(screen.queryByRole('button', { name: /Delete my account/ })).not.toBeInTheDocument()
  })
})
