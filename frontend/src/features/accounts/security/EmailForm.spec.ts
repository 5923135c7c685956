import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import EmailForm from './EmailForm.vue'

const me = makeMe({ email: 'ada@example.org' })

async function ask(email: string) {
  server.use(
    http.post('*/api/v1/auth/email', () =>
      HttpResponse.json({ challenge: 'step', expires_in: 900 }, { status: 202 }),
    ),
  )
  const view = await render(EmailForm, { props: { me } })
  const user = userEvent.setup()
  await user.type(screen.getByLabelText('New e-mail address'), email)
  await user.click(screen.getByRole('button', { name: 'Send the codes' }))
  return { ...view, user }
}

describe('EmailForm', () => {
  it('takes a code for each address', async () => {
    let sent: unknown
    server.use(
      http.post('*/api/v1/auth/email/confirm', async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json({ ...me, email: 'ada@elsewhere.example' })
      }),
    )
    const { user, emitted } = await ask('ada@elsewhere.example')
    const old = await screen.findByLabelText('Code sent to ada@example.org')
    await expect.poll(() => document.activeElement).toBe(old)
    await user.type(old, '1234 5678')
    await user.type(screen.getByLabelText('Code sent to ada@elsewhere.example'), '87654321')
    await user.click(screen.getByRole('button', { name: 'Change the address' }))

    await expect.poll(() => emitted('changed')).toMatchObject([[{ email: 'ada@elsewhere.example' }]])
    expect(sent).toEqual({ challenge: 'step', code: '12345678', new_code: '87654321' })
  })

  it('says which of the two is wrong, and keeps both', async () => {
    const errors = [{ pointer: '/new_code', detail: 'This code is not right.', code: 'wrong_code' }]
    server.use(http.post('*/api/v1/auth/email/confirm', () => problem(400, { errors })))
    const { user } = await ask('ada@elsewhere.example')
    await user.type(await screen.findByLabelText('Code sent to ada@example.org'), '12345678')
    const fresh = screen.getByLabelText('Code sent to ada@elsewhere.example')
    await user.type(fresh, '00000000')
    await user.click(screen.getByRole('button', { name: 'Change the address' }))

    await expect.poll(() => document.activeElement).toBe(fresh)
    expect(fresh).toHaveValue('00000000')
  })

  it('sends nothing for the address one has, and goes back when one changes one’s mind', async () => {
    const { user } = await ask('ADA@example.org')
    const field = screen.getByLabelText('New e-mail address')
    expect(field).toHaveAccessibleDescription(/your address already/)

    await user.clear(field)
    await user.type(field, 'ada@elsewhere.example')
    await user.click(screen.getByRole('button', { name: 'Send the codes' }))
    await user.click(await screen.findByRole('button', { name: 'Cancel' }))

    expect(screen.getByLabelText('New e-mail address')).toHaveValue('ada@elsewhere.example')
  })
})
