import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { NotificationSetting } from '@/api'
import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AccountNotificationsPage from './AccountNotificationsPage.vue'

const address = '*/api/v1/me/notification-settings'
const state: { settings: NotificationSetting[]; sent: unknown[] } = { settings: [], sent: [] }

beforeEach(() => {
  state.sent = []
  state.settings = [
    { kind: 'reply', web: true, mail: 'now' },
    { kind: 'like', web: true, mail: 'none' },
    { kind: 'webmention', web: true, mail: 'daily' },
  ]
  server.use(
    http.get(address, () => HttpResponse.json({ settings: state.settings })),
    http.patch(address, async ({ request }) => {
      const body = (await request.json()) as { settings: Partial<NotificationSetting>[] }
      state.sent.push(...body.settings)
      state.settings = state.settings.map((row) => ({
        ...row,
        ...body.settings.find(({ kind }) => kind === row.kind),
      }))
      return HttpResponse.json({ settings: state.settings })
    }),
  )
})

async function open() {
  await render(AccountNotificationsPage, { props: { me: makeMe() } })
  await screen.findByRole('table', { name: 'Kinds of notifications' })
  return userEvent.setup()
}
const row = (name: RegExp) => within(screen.getByRole('row', { name }))

describe('notification settings', () => {
  it('shows each kind with where it is told', async () => {
    await open()

    expect(screen.getByLabelText('Replies: in the inbox')).toBeChecked()
    expect(screen.getByLabelText('Replies: by e-mail')).toHaveDisplayValue('At once')
    expect(screen.getByLabelText('Likes: by e-mail')).toHaveDisplayValue('Never')
    expect(screen.getByLabelText('Mentions on other sites: by e-mail')).toHaveDisplayValue('Daily')
  })

  it('keeps each change at once, and says so', async () => {
    const user = await open()
    await user.selectOptions(screen.getByLabelText('Likes: by e-mail'), 'Daily')
    expect(await row(/^Likes/).findByText('Saved')).toBeVisible()
    await user.click(screen.getByLabelText('Replies: in the inbox'))

    expect(await row(/^Replies/).findByText('Saved')).toBeVisible()
    expect(state.sent).toEqual([
      { kind: 'like', mail: 'daily' },
      { kind: 'reply', web: false },
    ])
    expect(screen.getByLabelText('Replies: in the inbox')).not.toBeChecked()
  })

  it('keeps the last of two quick changes', async () => {
    const user = await open()
    await user.selectOptions(screen.getByLabelText('Likes: by e-mail'), 'Daily')
    await user.selectOptions(screen.getByLabelText('Likes: by e-mail'), 'At once')

    expect(await row(/^Likes/).findByText('Saved')).toBeVisible()
    expect(state.settings[1]).toMatchObject({ mail: 'now' })
    expect(screen.getByLabelText('Likes: by e-mail')).toHaveDisplayValue('At once')
  })

  it('shows what stands, and why, when a change fails', async () => {
    const user = await open()
    server.use(http.patch(address, () => problem(503)))
    await user.click(screen.getByLabelText('Replies: in the inbox'))

    expect(await row(/^Replies/).findByText(/isn’t your doing/)).toBeVisible()
    expect(screen.getByLabelText('Replies: in the inbox')).toBeChecked()
  })

  it('waits visibly, and offers another try when they can’t be had', async () => {
    server.use(http.get(address, () => problem(500)))
    await render(AccountNotificationsPage, { props: { me: makeMe() } })

    expect(screen.getByRole('status')).toHaveTextContent('Loading')
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
