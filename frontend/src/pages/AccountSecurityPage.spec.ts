import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import type { Factors, Me } from '@/api'
import { makeFactors, makePasskey } from '@/test/account-factories'
import { listOf, problem } from '@/test/answers'
import { makeMe, makeSite } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AccountSecurityPage from './AccountSecurityPage.vue'

const codes = ['11111-22222', '33333-44444']
const setup = {
  challenge: 'step',
  secret: 'ABCDEFGHIJKLMNOP',
  url: 'otpauth://totp/x',
  qr: 'data:image/svg+xml;base64,PHN2Zy8+',
}

const created = vi.hoisted(() => vi.fn())
vi.mock('@simplewebauthn/browser', () => ({ startRegistration: created }))

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('PublicKeyCredential', vi.fn())
  server.use(
    http.get('*/api/v1/site', () => HttpResponse.json(makeSite())),
    http.get('*/api/v1/me/security-events', () => listOf([])),
  )
})

/** The page, with factors that what is done to them changes. */
async function open(given: Partial<Factors> = {}, me: Partial<Me> = {}) {
  const state = { factors: makeFactors(given) }
  server.use(http.get('*/api/v1/auth/factors', () => HttpResponse.json(state.factors)))
  await render(AccountSecurityPage, { props: { me: makeMe(me) } })
  return { state, user: userEvent.setup() }
}

describe('AccountSecurityPage', () => {
  it('says in plain words how safe the account is', async () => {
    await open()
    expect(await screen.findByRole('heading', { name: 'Only a password guards your account' })).toBeVisible()
    expect(screen.getByText(/Whoever learns your password gets in/)).toBeVisible()
  })

  it('counts the recovery codes of an account with a second factor', async () => {
    await open({ totp: true, totp_added_at: '2026-03-14T09:26:00Z', recovery_codes_left: 1 })
    expect(await screen.findByRole('heading', { name: /mind your recovery codes/ })).toBeVisible()
    expect(screen.getByText(/1 recovery code is left/)).toBeVisible()
  })

  it('says so when the role asks for a second factor that is missing', async () => {
    await open({ required: true })
    expect(await screen.findByRole('heading', { name: 'Your role asks for a second factor' })).toBeVisible()
  })

  it('waits visibly, and offers another try when the factors can’t be had', async () => {
    server.use(http.get('*/api/v1/auth/factors', () => problem(500)))
    await render(AccountSecurityPage, { props: { me: makeMe() } })
    expect(screen.getAllByRole('status')[0]).toHaveTextContent('Loading')
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })

  it('sets up an authenticator app and shows the first recovery codes once', async () => {
    const { state, user } = await open()
    let sent: unknown
    server.use(
      http.post('*/api/v1/auth/totp', () => HttpResponse.json(setup)),
      http.post('*/api/v1/auth/totp/confirm', async ({ request }) => {
        sent = await request.json()
        state.factors = makeFactors({
          totp: true,
          totp_added_at: '2026-03-14T09:26:00Z',
          recovery_codes_left: 10,
        })
        return HttpResponse.json({ recovery_codes: codes })
      }),
    )
    await user.click(await screen.findByRole('button', { name: 'Set up' }))
    expect(await screen.findByRole('img', { name: /QR code/ })).toHaveAttribute('src', setup.qr)
    expect(screen.getByLabelText('Key')).toHaveTextContent('ABCDEFGHIJKLMNOP')
    expect([...screen.getByLabelText('Key').children].map(({ textContent }) => textContent)).toHaveLength(4)

    await user.type(screen.getByLabelText('Code from the app'), '123 456')
    await user.click(screen.getByRole('button', { name: 'Switch it on' }))

    const shown = await screen.findByRole('region', { name: 'Your recovery codes' })
    expect(within(shown).getByText('11111-22222')).toBeVisible()
    expect(sent).toEqual({ challenge: 'step', code: '123456' })
    await user.click(within(shown).getByRole('button', { name: 'I have kept them' }))
    expect(screen.queryByText('11111-22222')).not.toBeInTheDocument()
    expect(await screen.findByRole('button', { name: 'Make new codes' })).toBeVisible()
  })

  it('keeps what was typed when the code is wrong', async () => {
    const { user } = await open()
    const errors = [{ pointer: '/code', detail: 'This code is not right.', code: 'wrong_code' }]
    server.use(
      http.post('*/api/v1/auth/totp', () => HttpResponse.json(setup)),
      http.post('*/api/v1/auth/totp/confirm', () => problem(400, { errors })),
    )
    await user.click(await screen.findByRole('button', { name: 'Set up' }))
    await user.type(await screen.findByLabelText('Code from the app'), '000000')
    await user.click(screen.getByRole('button', { name: 'Switch it on' }))

    const field = screen.getByLabelText('Code from the app')
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    expect(field).toHaveValue('000000')
  })

  it('adds a passkey under the name it was given', async () => {
    const { state, user } = await open()
    let sent: unknown
    created.mockResolvedValue({ id: 'credential' })
    server.use(
      http.post('*/api/v1/auth/passkeys/options', () =>
        HttpResponse.json({ challenge: 'step', options: { challenge: 'x', user: {} } }),
      ),
      http.post('*/api/v1/auth/passkeys', async ({ request }) => {
        sent = await request.json()
        state.factors = makeFactors({ passkeys: [makePasskey({ name: 'Laptop' })], recovery_codes_left: 10 })
        return HttpResponse.json({ ...makePasskey({ name: 'Laptop' }), recovery_codes: [] }, { status: 201 })
      }),
    )
    await user.click(await screen.findByRole('button', { name: 'Add a passkey' }))
    await user.clear(screen.getByLabelText('Name of the passkey'))
    await user.type(screen.getByLabelText('Name of the passkey'), 'Laptop')
    await user.click(screen.getByRole('button', { name: 'Make the passkey' }))

    expect(await screen.findByRole('button', { name: 'Remove the passkey Laptop' })).toBeVisible()
    expect(sent).toEqual({ challenge: 'step', name: 'Laptop', credential: { id: 'credential' } })
  })

  it('warns before the only second factor is removed', async () => {
    let removed = ''
    server.use(
      http.delete('*/api/v1/auth/passkeys/:id', ({ params }) => {
        removed = String(params.id)
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { user } = await open({ passkeys: [makePasskey({ id: 5, name: 'Phone' })] })
    await user.click(await screen.findByRole('button', { name: 'Remove the passkey Phone' }))
    const dialog = screen.getByRole('dialog', { name: 'Remove the passkey “Phone”?' })
    expect(dialog).toHaveTextContent('your password alone opens your account')
    await user.click(within(dialog).getByRole('button', { name: 'Remove' }))

    await expect.poll(() => removed).toBe('5')
  })
})
