import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { makeApiToken } from '@/test/account-factories'
import { listOf, problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AccountTokensPage from './AccountTokensPage.vue'

const address = '*/api/v1/me/tokens'

async function open(tokens = [makeApiToken({ id: 7 })]) {
  server.use(http.get(address, () => listOf(tokens)))
  await render(AccountTokensPage, { props: { me: makeMe() } })
  return userEvent.setup()
}

describe('API tokens', () => {
  it('lists what they may do, until when and whether they are used', async () => {
    await open([
      makeApiToken({ scopes: ['posts:read', 'comments:write'] }),
      makeApiToken({ name: 'Old', expires_at: '2020-01-01T00:00:00Z' }),
    ])

    const rows = within(await screen.findByRole('list', { name: 'Tokens' })).getAllByRole('listitem')
    expect(rows[0]).toHaveTextContent('Backup …x7Qd')
    expect(rows[0]).toHaveTextContent('Read posts, Write comments')
    expect(rows[0]).toHaveTextContent('Never used')
    expect(rows[1]).toHaveTextContent('Ended Jan 1, 2020')
  })

  it('makes one, and shows its text this once', async () => {
    let sent: unknown
    server.use(
      http.post(address, async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json(
          { ...makeApiToken({ name: 'Script' }), token: 'byline_secret' },
          { status: 201 },
        )
      }),
    )
    const user = await open()
    await user.click(screen.getByRole('button', { name: 'Make a token' }))
    await user.type(screen.getByLabelText('Name'), 'Script')
    await user.click(screen.getByLabelText('Write comments'))
    await user.selectOptions(screen.getByLabelText('Good for'), '30 days')
    await user.click(screen.getByRole('button', { name: 'Make the token' }))

    expect(await screen.findByText('byline_secret')).toBeVisible()
    expect(screen.getByRole('heading', { name: 'The token “Script” is made' })).toHaveFocus()
    expect(sent).toEqual({ name: 'Script', scopes: ['posts:read', 'comments:write'], expires_in_days: 30 })

    await user.click(screen.getByRole('button', { name: 'I have kept it' }))
    expect(screen.queryByText('byline_secret')).not.toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Make a token' })).toHaveFocus()
  })

  it('asks for a name and for something that it may do', async () => {
    const user = await open()
    await user.click(screen.getByRole('button', { name: 'Make a token' }))
    await user.click(screen.getByLabelText('Read posts'))
    await user.click(screen.getByRole('button', { name: 'Make the token' }))

    expect(screen.getByLabelText('Name')).toHaveFocus()
    expect(screen.getByText('Choose at least one thing that it may do.')).toBeVisible()
  })

  it('revokes one after asking', async () => {
    let revoked = ''
    server.use(
      http.delete(`${address}/:id`, ({ params }) => {
        revoked = String(params.id)
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const user = await open()
    await user.click(await screen.findByRole('button', { name: 'Revoke the token Backup' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Revoke' }))

    await expect.poll(() => revoked).toBe('7')
  })

  it('says so when there is none, and when they can’t be had', async () => {
    await open([])
    expect(await screen.findByText('You have no tokens.')).toBeVisible()
  })

  it('offers another try when the server fails', async () => {
    server.use(http.get(address, () => problem(500)))
    await render(AccountTokensPage, { props: { me: makeMe() } })

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
