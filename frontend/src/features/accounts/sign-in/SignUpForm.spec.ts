import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { mayHaveSession } from '@/api'
import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { server } from '@/test/server'
import { renderWayIn } from '@/test/way-in'

import SignUpForm from './SignUpForm.vue'

const registration = '*/api/v1/auth/register'
const tokens = { access: 'token', expires_in: 600 }
const token = http.post('*/api/v1/auth/token', () => HttpResponse.json(tokens))

async function fillIn() {
  const user = userEvent.setup()
  const view = await renderWayIn({ form: SignUpForm })
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.org')
  await user.type(screen.getByLabelText('Username'), 'ada')
  await user.type(screen.getByLabelText('Password'), 'engines of brass')
  const send = () => user.click(screen.getByRole('button', { name: 'Create the account' }))
  return { ...view, user, send }
}

describe('SignUpForm', () => {
  it('makes the account and signs in', async () => {
    server.use(
      http.post(registration, () => HttpResponse.json(makeMe(), { status: 201 })),
      token,
    )
    const { done, send } = await fillIn()
    await send()

    await expect.poll(() => done).toHaveLength(1)
    expect(mayHaveSession()).toBe(true)
  })

  it('asks for the code that was sent, then signs in', async () => {
    const step = { step: 'verify_email', challenge: 'c.secret', methods: ['email_code'] }
    let sent: unknown
    server.use(
      http.post(registration, () => HttpResponse.json(step, { status: 202 })),
      http.post('*/api/v1/auth/email/verify', async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json(tokens)
      }),
    )
    const { user, done, send } = await fillIn()
    await send()

    expect(await screen.findByRole('heading', { name: 'Check your e-mail' })).toBeVisible()
    expect(screen.getByTestId('lead')).toHaveTextContent('We’ve sent a code to ada@example.org.')
    await user.type(screen.getByLabelText('Code'), '12345678')
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    await expect.poll(() => done).toHaveLength(1)
    expect(sent).toEqual({ challenge: 'c.secret', code: '12345678' })
  })

  it('gives everything back when the address was wrong, and asks anew', async () => {
    const step = { step: 'verify_email', challenge: 'c.secret', methods: ['email_code'] }
    const keys: (string | null)[] = []
    server.use(
      http.post(registration, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return HttpResponse.json(step, { status: 202 })
      }),
    )
    const { user, send } = await fillIn()
    await send()
    await user.click(await screen.findByRole('button', { name: 'Wrong address? Begin again' }))

    expect(screen.getByLabelText('E-mail')).toHaveFocus()
    expect(screen.getByLabelText('E-mail')).toHaveValue('ada@example.org')
    expect(screen.getByLabelText('Username')).toHaveValue('ada')
    expect(screen.getByLabelText('Password')).toHaveValue('engines of brass')
    await send()
    await expect.poll(() => new Set(keys).size).toBe(2)
  })

  it('puts what the server has against a value at its field', async () => {
    const errors = [{ pointer: '/username', detail: 'This username is taken.', code: 'taken' }]
    server.use(http.post(registration, () => problem(400, { errors })))
    const { send } = await fillIn()
    await send()

    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Username'))
    expect(screen.getByLabelText('Username')).toHaveAccessibleDescription(/This username is taken\./)
  })

  it('sends the same key when it tries the same again, and another after a change', async () => {
    const keys: (string | null)[] = []
    server.use(
      http.post(registration, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return HttpResponse.error()
      }),
    )
    const { user, send } = await fillIn()
    await send()
    await screen.findByRole('alert')
    await send()
    await expect.poll(() => keys).toHaveLength(2)
    await user.type(screen.getByLabelText('Username'), 'x')
    await send()
    await expect.poll(() => keys).toHaveLength(3)

    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[0])
  })

  it('judges the password while it is typed', async () => {
    const user = userEvent.setup()
    await renderWayIn({ form: SignUpForm })

    await user.type(screen.getByLabelText('Password'), 'abc')
    expect(screen.getByRole('status')).toHaveTextContent('Too short')
    await user.type(screen.getByLabelText('Password'), ' oboe tiger lamplight')
    expect(screen.getByRole('status')).toHaveTextContent('Strong')
  })
})
