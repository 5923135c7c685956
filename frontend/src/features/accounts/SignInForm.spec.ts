import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { mayHaveSession } from '@/api'
import { problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SignInForm from './SignInForm.vue'

const address = '*/api/v1/auth/token'

async function signIn(username = 'ada', password = 'engines of brass') {
  const user = userEvent.setup()
  const { emitted } = await render(SignInForm)
  if (username) await user.type(screen.getByLabelText('Username or e-mail'), username)
  if (password) await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  return { user, emitted }
}

describe('SignInForm', () => {
  it('signs in and says so', async () => {
    let sent: unknown
    server.use(
      http.post(address, async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json({ access: 'token', expires_in: 600 })
      }),
    )
    const { emitted } = await signIn(' ada ')

    await expect.poll(() => emitted('done')).toHaveLength(1)
    expect(sent).toEqual({ username: 'ada', password: 'engines of brass' })
    expect(mayHaveSession()).toBe(true)
  })

  it('tells a password manager what is what', async () => {
    await render(SignInForm)

    expect(screen.getByLabelText('Username or e-mail')).toHaveAttribute('autocomplete', 'username')
    expect(screen.getByLabelText('Password')).toHaveAttribute('autocomplete', 'current-password')
    expect(screen.getByLabelText('Password')).toHaveAttribute('name', 'password')
  })

  it('asks for what is missing, the focus at the first of it', async () => {
    await signIn('', '')

    expect(screen.getByLabelText('Username or e-mail')).toHaveFocus()
    expect(screen.getByLabelText('Password')).toBeInvalid()
  })

  it('keeps what was typed when the server refuses it', async () => {
    server.use(http.post(address, () => problem(401, { detail: 'No account matches.' })))
    await signIn()

    expect(await screen.findByRole('alert')).toHaveTextContent('No account matches.')
    expect(screen.getByLabelText('Password')).toHaveValue('engines of brass')
    expect(mayHaveSession()).toBe(false)
  })

  it('says how long to wait after too many tries', async () => {
    server.use(
      http.post(address, () =>
        HttpResponse.json(
          { title: 'Too many attempts', status: 429 },
          { status: 429, headers: { 'Retry-After': '250', 'Content-Type': 'application/problem+json' } },
        ),
      ),
    )
    await signIn()

    expect(await screen.findByRole('alert')).toHaveTextContent('Please wait 5 minutes')
  })

  it('shows the password when asked to', async () => {
    const user = userEvent.setup()
    await render(SignInForm)
    const toggle = screen.getByRole('button', { name: 'Show the password' })

    await user.click(toggle)

    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'text')
    expect(toggle).toHaveAttribute('aria-pressed', 'true')
  })
})
