import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { mayHaveSession } from '@/api'
import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import PasswordForm from './PasswordForm.vue'

const address = '*/api/v1/auth/password'

async function open(me = makeMe()) {
  await render(PasswordForm, { props: { me } })
  return userEvent.setup()
}

describe('PasswordForm', () => {
  it('changes the password and goes on with the new session', async () => {
    let sent: unknown
    server.use(
      http.post(address, async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json({ access: 'next', expires_in: 600 })
      }),
    )
    const user = await open()
    await user.type(screen.getByLabelText('Current password'), 'engines of brass')
    await user.type(screen.getByLabelText('New password'), 'looms that think')
    await user.click(screen.getByRole('button', { name: 'Change the password' }))

    await expect
      .poll(() => sent)
      .toEqual({ current_password: 'engines of brass', password: 'looms that think' })
    await expect.poll(() => screen.getByLabelText('New password')).toHaveValue('')
    expect(mayHaveSession()).toBe(true)
  })

  it('shows a wrong password at its field and keeps what was typed', async () => {
    const errors = [{ pointer: '/current_password', detail: 'This is not your password.', code: 'wrong' }]
    server.use(http.post(address, () => problem(400, { errors })))
    const user = await open()
    await user.type(screen.getByLabelText('Current password'), 'wrong')
    await user.type(screen.getByLabelText('New password'), 'looms that think')
    await user.click(screen.getByRole('button', { name: 'Change the password' }))

    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Current password'))
    expect(screen.getByLabelText('New password')).toHaveValue('looms that think')
  })

  it('asks for no present password where there is none', async () => {
    await open(makeMe({ has_password: false }))

    expect(screen.queryByLabelText('Current password')).not.toBeInTheDocument()
    expect(screen.getByLabelText('New password')).toBeVisible()
  })
})
