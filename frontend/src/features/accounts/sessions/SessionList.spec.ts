import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { makeSession } from '@/test/account-factories'
import { listOf, problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SessionList from './SessionList.vue'

const address = '*/api/v1/me/sessions'
const here = makeSession({ current: true, device: 'Safari on macOS' })
const there = makeSession({ id: 'there', device: 'Firefox on Windows', methods: ['passkey'] })

async function open(sessions = [here, there]) {
  let left = sessions
  const ended: string[] = []
  server.use(
    http.get(address, () => listOf(left)),
    http.delete(address, () => {
      ended.push('others')
      left = left.filter(({ current }) => current)
      return new HttpResponse(null, { status: 204 })
    }),
    http.delete(`${address}/:id`, ({ params }) => {
      ended.push(String(params.id))
      left = left.filter(({ id }) => id !== params.id)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  await render(SessionList)
  return { ended, user: userEvent.setup() }
}

describe('SessionList', () => {
  it('says where one is signed in, how, and which session this is', async () => {
    await open()

    const rows = await screen.findAllByRole('listitem')
    expect(rows[0]).toHaveTextContent('Safari on macOS')
    expect(rows[0]).toHaveTextContent('This one')
    expect(rows[0]).toHaveTextContent('by password + authenticator code')
    expect(rows[1]).toHaveTextContent('The internet, 203.0.113.7')
    expect(screen.queryByRole('button', { name: /Safari/ })).not.toBeInTheDocument()
  })

  it('ends one after asking', async () => {
    const { ended, user } = await open()
    await user.click(await screen.findByRole('button', { name: 'End the session Firefox on Windows' }))
    const dialog = screen.getByRole('dialog', { name: 'End the session “Firefox on Windows”?' })
    expect(ended).toEqual([])

    await user.click(within(dialog).getByRole('button', { name: 'End' }))

    expect(await screen.findByText('You are signed in nowhere else.')).toBeVisible()
    expect(ended).toEqual(['there'])
  })

  it('ends all others', async () => {
    const { ended, user } = await open()
    await user.click(await screen.findByRole('button', { name: 'End all others' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'End all others' }))

    await expect.poll(() => ended).toEqual(['others'])
  })

  it('says in the dialog why it could not be ended', async () => {
    const { user } = await open()
    server.use(http.delete(`${address}/:id`, () => problem(409, { detail: 'It ended already.' })))
    await user.click(await screen.findByRole('button', { name: /Firefox/ }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'End' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('It ended already.')
  })

  it('loads more, the focus at the first of them', async () => {
    server.use(
      http.get(address, ({ request }) =>
        new URL(request.url).searchParams.has('cursor')
          ? listOf([makeSession({ device: 'curl' })])
          : listOf([here], 'http://localhost/api/v1/me/sessions?cursor=abc'),
      ),
    )
    await render(SessionList)
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Show more' }))

    expect(await screen.findByText('curl')).toBeVisible()
    await expect.poll(() => document.activeElement?.textContent).toContain('curl')
  })

  it('waits visibly, and offers another try when the server fails', async () => {
    server.use(http.get(address, () => problem(500)))
    await render(SessionList)

    expect(screen.getByRole('status')).toHaveTextContent('Loading')
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })

  it('says so when there is none', async () => {
    await open([])

    expect(await screen.findByText('No session could be found.')).toBeVisible()
  })
})
