import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { mayHaveSession } from '@/api'
import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SignUpForm from './SignUpForm.vue'

const registration = '*/api/v1/auth/register'
const token = http.post('*/api/v1/auth/token', () => HttpResponse.json({ access: 'token', expires_in: 600 }))

async function fillIn() {
  const user = userEvent.setup()
  const { emitted } = await render(SignUpForm)
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.org')
  await user.type(screen.getByLabelText('Username'), 'ada')
  await user.type(screen.getByLabelText('Password'), 'engines of brass')
  const send = () => user.click(screen.getByRole('button', { name: 'Create the account' }))
  return { user, emitted, send }
}

describe('SignUpForm', () => {
  it('makes the account and signs in', async () => {
    server.use(
      http.post(registration, () => HttpResponse.json(makeMe(), { status: 201 })),
      token,
    )
    const { emitted, send } = await fillIn()
    await send()

    await expect.poll(() => emitted('done')).toHaveLength(1)
    expect(mayHaveSession()).toBe(true)
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
    await render(SignUpForm)

    await user.type(screen.getByLabelText('Password'), 'abc')
    expect(screen.getByRole('status')).toHaveTextContent('Too short')
    await user.type(screen.getByLabelText('Password'), ' oboe tiger lamplight')
    expect(screen.getByRole('status')).toHaveTextContent('Strong')
  })
})
