import { screen } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { makeSecurityEvent } from '@/test/account-factories'
import { listOf, problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SecurityLog from './SecurityLog.vue'

const address = '*/api/v1/me/security-events'

async function open(events = [makeSecurityEvent()]) {
  server.use(http.get(address, () => listOf(events)))
  await render(SecurityLog)
  return screen.findAllByRole('listitem')
}

describe('SecurityLog', () => {
  it('says what happened, where, and what one didn’t do oneself', async () => {
    const rows = await open([
      makeSecurityEvent({ kind: 'signed_in', detail: 'password, totp' }),
      makeSecurityEvent({ kind: 'roles_changed', detail: 'editor', by_owner: false, address: null }),
    ])

    expect(rows[0]).toHaveTextContent('Signed in password, authenticator code')
    expect(rows[0]).toHaveTextContent('Firefox on Windows')
    expect(rows[0]).toHaveTextContent('203.0.113.7')
    expect(rows[0]).not.toHaveTextContent('Not by you')
    expect(rows[1]).toHaveTextContent('Roles changed editor')
    expect(rows[1]).toHaveTextContent('Not by you')
  })

  it('waits visibly and says so when nothing has happened', async () => {
    server.use(http.get(address, () => listOf([])))
    await render(SecurityLog)

    expect(screen.getByRole('status')).toHaveTextContent('Loading')
    expect(await screen.findByText('Nothing has happened yet.')).toBeVisible()
  })

  it('offers another try when the server fails', async () => {
    server.use(http.get(address, () => problem(503)))
    await render(SecurityLog)

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
