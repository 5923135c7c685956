import { screen } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { problem } from '@/test/answers'
import { server } from '@/test/server'
import { challenge, leadingOn, lettingIn, signIn } from '@/test/way-in'

describe('The second factor', () => {
  it('takes a code from the app, in any grouping, and keeps the challenge to itself', async () => {
    leadingOn('token', 'second_factor', 'totp', 'recovery_code')
    const sent = lettingIn('second-factor')
    const { user, done } = await signIn()

    expect(await screen.findByRole('heading', { name: 'One more step' })).toBeVisible()
    const field = screen.getByLabelText('Code from your app')
    await expect.poll(() => document.activeElement).toBe(field)
    expect(field).toHaveAttribute('autocomplete', 'one-time-code')
    const kept = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, window.location.href])
    expect(kept).not.toContain('very-secret')

    await user.type(field, '123 456')
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    await expect.poll(() => done).toEqual([false])
    expect(sent).toEqual([{ challenge, code: '123456' }])
  })

  it('takes a recovery code instead, and one can change one’s mind', async () => {
    leadingOn('token', 'second_factor', 'totp', 'recovery_code')
    const sent = lettingIn('second-factor')
    const { user, done } = await signIn()

    await user.click(await screen.findByRole('button', { name: 'Use a recovery code instead' }))
    expect(screen.getByLabelText('Recovery code')).toHaveFocus()
    await user.click(screen.getByRole('button', { name: 'Use a code from your app instead' }))
    await user.click(screen.getByRole('button', { name: 'Use a recovery code instead' }))
    await user.type(screen.getByLabelText('Recovery code'), '12345-67890')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    await expect.poll(() => done).toHaveLength(1)
    expect(sent).toEqual([{ challenge, code: '1234567890' }])
  })

  it('says at the field that a code is wrong, and keeps it', async () => {
    leadingOn('token', 'second_factor', 'totp')
    const errors = [{ pointer: '/code', detail: 'Tries left: 4.', code: 'wrong_code' }]
    server.use(http.post('*/api/v1/auth/second-factor', () => problem(400, { errors })))
    const { user } = await signIn()
    await user.type(await screen.findByLabelText('Code from your app'), '000000')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    const field = screen.getByLabelText('Code from your app')
    await expect.poll(() => document.activeElement).toBe(field)
    expect(field).toHaveAccessibleDescription(/Tries left: 4\./)
    expect(field).toHaveValue('000000')
  })

  it('begins again when the step is over, with what was typed at first', async () => {
    leadingOn('token', 'second_factor', 'totp')
    const over = { code: 'challenge_over', detail: 'It took too long. Begin again.' }
    server.use(http.post('*/api/v1/auth/second-factor', () => problem(422, over)))
    const { user } = await signIn()
    await user.type(await screen.findByLabelText('Code from your app'), '000000')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('It took too long. Begin again.')
    await user.click(screen.getByRole('button', { name: 'Begin again' }))
    expect(screen.getByLabelText('Username or e-mail')).toHaveValue('ada')
    expect(screen.getByLabelText('Username or e-mail')).toHaveFocus()
  })

  it('says so when this browser can’t give the only factor', async () => {
    leadingOn('token', 'second_factor', 'passkey')
    await signIn()

    expect(await screen.findByRole('alert')).toHaveTextContent('can’t be used in this browser')
  })
})
