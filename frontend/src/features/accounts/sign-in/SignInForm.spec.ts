import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { beginSession, mayHaveSession } from '@/api'
import { problem } from '@/test/answers'
import { server } from '@/test/server'
import { lettingIn, limited, renderWayIn, signIn } from '@/test/way-in'

const address = '*/api/v1/auth/token'

describe('Signing in with a password', () => {
  it('signs in and says so', async () => {
    const sent = lettingIn('token')
    const { done } = await signIn(' ada ')

    await expect.poll(() => done).toEqual([false])
    expect(sent).toEqual([{ username: 'ada', password: 'engines of brass' }])
    expect(mayHaveSession()).toBe(true)
  })

  it('tells a password manager what is what', async () => {
    await renderWayIn()

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
    expect(screen.getByLabelText('Username or e-mail')).toHaveValue('ada')
    expect(screen.getByLabelText('Password')).toHaveValue('engines of brass')
    expect(mayHaveSession()).toBe(false)
  })

  it('says that the server can’t be reached', async () => {
    server.use(http.post(address, () => HttpResponse.error()))
    await signIn()

    expect(await screen.findByRole('alert')).toHaveTextContent('connection')
  })

  it('says how long to wait after too many tries', async () => {
    server.use(http.post(address, limited))
    await signIn()

    expect(await screen.findByRole('alert')).toHaveTextContent('Please wait 5 minutes')
    expect(screen.getByRole('button', { name: 'E-mail me a code instead' })).toBeEnabled()
  })

  it('can’t be sent twice while it is on its way', async () => {
    let calls = 0
    let answer: (value: Response) => void = () => {}
    server.use(
      http.post(address, () => {
        calls += 1
        return new Promise<Response>((resolve) => (answer = resolve))
      }),
    )
    const { user, done } = await signIn()
    const button = screen.getByRole('button', { name: 'Sign in' })
    await expect.poll(() => button.getAttribute('aria-busy')).toBe('true')
    await user.click(button)
    answer(HttpResponse.json({ access: 'token', expires_in: 600 }))

    await expect.poll(() => done).toHaveLength(1)
    expect(calls).toBe(1)
  })

  it('shows the password when asked to', async () => {
    const user = userEvent.setup()
    await renderWayIn()
    const toggle = screen.getByRole('button', { name: 'Show the password' })

    await user.click(toggle)

    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'text')
    expect(toggle).toHaveAttribute('aria-pressed', 'true')
  })

  it('goes on when another tab has signed in', async () => {
    const { done } = await renderWayIn()
    beginSession({ access: 'token', expires_in: 600 })

    expect(done).toEqual([false])
  })

  it('offers no passkey where the browser knows none', async () => {
    await renderWayIn()

    expect(screen.queryByRole('button', { name: 'Sign in with a passkey' })).not.toBeInTheDocument()
  })
})
