import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { server } from '@/test/server'
import { challenge, leadingOn, lettingIn, limited, renderWayIn, signIn } from '@/test/way-in'

describe('An address that was not verified yet', () => {
  it('is verified on the way in', async () => {
    leadingOn('token', 'verify_email', 'email_code')
    const sent = lettingIn('email/verify')
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
    const sent = lettingIn('code/confirm')
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
    leadingOn('code/confirm', 'second_factor', 'totp')
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
