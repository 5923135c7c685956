import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { beginSession, mayHaveSession } from '@/api'
import { problem } from '@/test/answers'
import { server } from '@/test/server'
import { renderWayIn } from '@/test/way-in'

const address = '*/api/v1/auth/token'
const tokens = { access: 'token', expires_in: 600 }
const challenge = 'c0ffee.very-secret'
const secondFactor = (...methods: string[]) =>
  http.post(address, () => HttpResponse.json({ step: 'second_factor', challenge, methods }, { status: 202 }))

/** Answers with tokens, and keeps what was sent. */
function answering(path: string) {
  const sent: unknown[] = []
  server.use(
    http.post(`*/api/v1/auth/${path}`, async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(tokens)
    }),
  )
  return sent
}

const limited = () =>
  HttpResponse.json(
    { title: 'Too many attempts', status: 429 },
    { status: 429, headers: { 'Retry-After': '250', 'Content-Type': 'application/problem+json' } },
  )

async function signIn(username = 'ada', password = 'engines of brass') {
  const user = userEvent.setup()
  const view = await renderWayIn()
  if (username) await user.type(screen.getByLabelText('Username or e-mail'), username)
  if (password) await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  return { ...view, user }
}

describe('Signing in with a password', () => {
  it('signs in and says so', async () => {
    const sent = answering('token')
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
    answer(HttpResponse.json(tokens))

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

describe('The second factor', () => {
  it('takes a code from the app, in any grouping, and keeps the challenge to itself', async () => {
    server.use(secondFactor('totp', 'recovery_code'))
    const sent = answering('second-factor')
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
    server.use(secondFactor('totp', 'recovery_code'))
    const sent = answering('second-factor')
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
    server.use(secondFactor('totp'))
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
    server.use(secondFactor('totp'))
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
    server.use(secondFactor('passkey'))
    await signIn()

    expect(await screen.findByRole('alert')).toHaveTextContent('can’t be used in this browser')
  })
})

describe('An address that was not verified yet', () => {
  it('is verified on the way in', async () => {
    const step = { step: 'verify_email', challenge, methods: ['email_code'] }
    server.use(http.post(address, () => HttpResponse.json(step, { status: 202 })))
    const sent = answering('email/verify')
    const { user, done } = await signIn('ada@example.org')

    expect(await screen.findByTestId('lead')).toHaveTextContent('We’ve sent a code to ada@example.org')
    await user.type(screen.getByLabelText('Code'), '1234 5678')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    await expect.poll(() => done).toHaveLength(1)
    expect(sent).toEqual([{ challenge, code: '12345678' }])
  })
})

describe('Signing in with a code', () => {
  const waiting = { challenge, expires_in: 900 }

  async function ask(name: string) {
    const asked = { name: '' }
    server.use(
      http.post('*/api/v1/auth/code', async ({ request }) => {
        asked.name = JSON.stringify(await request.json())
        return HttpResponse.json(waiting, { status: 202 })
      }),
    )
    const user = userEvent.setup()
    const view = await renderWayIn()
    await user.type(screen.getByLabelText('Username or e-mail'), name)
    await user.click(screen.getByRole('button', { name: 'E-mail me a code instead' }))
    // The name that was typed is there already.
    await user.click(screen.getByRole('button', { name: 'Send the code' }))
    return { ...view, user, asked }
  }

  it('sends one to whoever is named, in words that tell nobody who has an account', async () => {
    const sent = answering('code/confirm')
    const { user, done, asked } = await ask('ada')

    expect(await screen.findByTestId('lead')).toHaveTextContent(
      'If there is an account for ada, a code is on its way to its e-mail address.',
    )
    expect(asked.name).toBe('{"username":"ada"}')
    await user.click(screen.getByLabelText('Code'))
    await user.paste('Your code: 1234 5678.')
    expect(screen.getByLabelText('Code')).toHaveValue('12345678')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    await expect.poll(() => done).toEqual([false])
    expect(sent).toEqual([{ challenge, code: '12345678' }])
  })

  it('leads to the second factor of an account that has one', async () => {
    const step = { step: 'second_factor', challenge: 'next', methods: ['totp'] }
    server.use(http.post('*/api/v1/auth/code/confirm', () => HttpResponse.json(step, { status: 202 })))
    const { user } = await ask('ada')
    await user.type(await screen.findByLabelText('Code'), '12345678')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    expect(await screen.findByLabelText('Code from your app')).toBeVisible()
  })

  it('begins again for a wrong name, which is there to be put right', async () => {
    const { user } = await ask('adda')
    await user.click(await screen.findByRole('button', { name: 'Wrong address? Begin again' }))

    expect(screen.getByLabelText('Username or e-mail')).toHaveValue('adda')
  })

  it('says when it can be asked again', async () => {
    const user = userEvent.setup()
    server.use(http.post('*/api/v1/auth/code', limited))
    await renderWayIn({ start: { step: 'ask', purpose: 'sign_in' } })
    await user.type(screen.getByLabelText('Username or e-mail'), 'ada')
    await user.click(screen.getByRole('button', { name: 'Send the code' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('Please wait 5 minutes')
  })

  it('asks for a name', async () => {
    const user = userEvent.setup()
    await renderWayIn({ start: { step: 'ask', purpose: 'sign_in' } })
    await user.click(screen.getByRole('button', { name: 'Send the code' }))

    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Username or e-mail'))
  })
})

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
    const sent = answering('password/reset/confirm')
    const { user, done } = await ask()

    expect(screen.getByLabelText('New password')).toHaveAttribute('autocomplete', 'new-password')
    expect(screen.getByText('Strong')).toBeVisible()
    await user.click(screen.getByRole('button', { name: send }))
    await expect.poll(() => done).toEqual([true])
    expect(sent).toEqual([{ challenge, code: '12345678', password: 'oboe tiger lamplight' }])
  })

  it('still asks for the second factor, and remembers that the password is new', async () => {
    const step = { step: 'second_factor', challenge: 'next', methods: ['totp'] }
    server.use(
      http.post('*/api/v1/auth/password/reset/confirm', () => HttpResponse.json(step, { status: 202 })),
    )
    answering('second-factor')
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
