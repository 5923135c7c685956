import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { problem } from '@/test/answers'
import { server } from '@/test/server'
import { challenge, leadingOn, lettingIn, renderWayIn } from '@/test/way-in'

describe('A forgotten password', () => {
  async function ask() {
    server.use(
      http.post('*/api/v1/auth/password/reset', () =>
        HttpResponse.json({ challenge, expires_in: 900 }, { status: 202 }),
      ),
    )
    const user = userEvent.setup()
    const view = await renderWayIn({ start: { step: 'ask', purpose: 'reset' } })
    await user.type(screen.getByLabelText('Username or e-mail'), 'ada')
    await user.click(screen.getByRole('button', { name: 'Send the code' }))
    await user.type(await screen.findByLabelText('Code'), '1234-5678')
    await user.type(screen.getByLabelText('New password'), 'oboe tiger lamplight')
    return { ...view, user }
  }
  const send = 'Set the password and sign in'

  it('is replaced by a new one with the code from the mail', async () => {
    const sent = lettingIn('password/reset/confirm')
    const { user, done } = await ask()

    expect(screen.getByLabelText('New password')).toHaveAttribute('autocomplete', 'new-password')
    expect(screen.getByText('Strong')).toBeVisible()
    await user.click(screen.getByRole('button', { name: send }))
    await expect.poll(() => done).toEqual([true])
    expect(sent).toEqual([{ challenge, code: '12345678', password: 'oboe tiger lamplight' }])
  })

  it('still asks for the second factor, and remembers that the password is new', async () => {
    leadingOn('password/reset/confirm', 'second_factor', 'totp')
    lettingIn('second-factor')
    const { user, done } = await ask()
    await user.click(screen.getByRole('button', { name: send }))
    await user.type(await screen.findByLabelText('Code from your app'), '123456')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    await expect.poll(() => done).toEqual([true])
  })

  it('says at the field what the server has against the new one', async () => {
    const errors = [{ pointer: '/password', detail: 'This password is too common.', code: 'too_common' }]
    server.use(http.post('*/api/v1/auth/password/reset/confirm', () => problem(400, { errors })))
    const { user } = await ask()
    await user.click(screen.getByRole('button', { name: send }))

    const field = screen.getByLabelText('New password')
    await expect.poll(() => document.activeElement).toBe(field)
    expect(field).toHaveAccessibleDescription(/This password is too common\./)
    expect(screen.getByLabelText('Code')).toHaveValue('1234-5678')
  })
})
