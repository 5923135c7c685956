import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'

import { ProblemError } from '@/lib/problem'
import { problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { dialogs } from '../dialogs'
import { isConfirmationRequired, useConfirmation } from './confirmation'

const refused = new ProblemError(403, { code: 'confirmation_required', detail: 'Confirm first.' })

/** The server's side: what is guarded works once the right proof came. */
function guard({ totp = false, recovery = 0 } = {}) {
  const state = { open: false, calls: 0, proofs: [] as unknown[] }
  server.use(
    http.get('*/api/v1/auth/factors', () =>
      HttpResponse.json({
        totp,
        totp_added_at: null,
        recovery_codes_left: recovery,
        passkeys: [],
        required: false,
      }),
    ),
    http.post('*/api/v1/auth/confirm', async ({ request }) => {
      const proof: unknown = await request.json()
      state.proofs.push(proof)
      if (JSON.stringify(proof).includes('wrong')) {
        const errors = [
          { pointer: '/password', detail: 'This is not your password.', code: 'wrong_password' },
        ]
        return problem(400, { errors })
      }
      state.open = true
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const call = async () => {
    state.calls += 1
    if (!state.open) throw refused
    return 'done'
  }
  return { state, call }
}

/** A page with a button that does something guarded, and the dialogs of the application. */
const Page = (call: () => Promise<string>) =>
  defineComponent(() => {
    const { confirmed } = useConfirmation()
    const outcome = ref('')
    async function act(): Promise<void> {
      try {
        outcome.value = await confirmed(call)
      } catch (error) {
        outcome.value = isConfirmationRequired(error) ? `refused: ${error.detail}` : 'failed'
      }
    }
    return () => [
      h('button', { onClick: act }, 'Act'),
      h('p', { 'data-testid': 'outcome' }, outcome.value),
      ...[...dialogs.values()].map((dialog) => h(dialog)),
    ]
  })

async function act(call: () => Promise<string>) {
  const user = userEvent.setup()
  await render(Page(call))
  await user.click(screen.getByRole('button', { name: 'Act' }))
  return user
}
const outcome = () => screen.getByTestId('outcome')

describe('useConfirmation', () => {
  it('stays out of the way of what needs none', async () => {
    const { state, call } = guard()
    state.open = true
    await act(call)

    await expect.poll(() => outcome().textContent).toBe('done')
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('asks for the password, then does what was wanted', async () => {
    const { state, call } = guard()
    const user = await act(call)

    expect(await screen.findByRole('dialog', { name: 'Confirm that it is you' })).toBeVisible()
    await user.type(screen.getByLabelText('Password'), 'engines of brass')
    await user.click(screen.getByRole('button', { name: 'Confirm' }))

    await expect.poll(() => outcome().textContent).toBe('done')
    expect(state.calls).toBe(2)
    expect(state.proofs).toEqual([{ password: 'engines of brass' }])
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('keeps what was typed when it is wrong, and says so at the field', async () => {
    const { call } = guard()
    const user = await act(call)
    await user.type(await screen.findByLabelText('Password'), 'wrong')
    await user.click(screen.getByRole('button', { name: 'Confirm' }))

    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Password'))
    expect(screen.getByLabelText('Password')).toHaveValue('wrong')
    expect(screen.getByLabelText('Password')).toHaveAccessibleDescription('This is not your password.')
    expect(outcome()).toHaveTextContent('')
  })

  it('takes a code from the app instead, in any grouping', async () => {
    const { state, call } = guard({ totp: true })
    const user = await act(call)
    await user.click(await screen.findByRole('button', { name: 'Use a code from your app instead' }))
    await user.type(screen.getByLabelText('Code from your app'), '123 456')
    await user.click(screen.getByRole('button', { name: 'Confirm' }))

    await expect.poll(() => outcome().textContent).toBe('done')
    expect(state.proofs).toEqual([{ code: '123456' }])
  })

  it('asks for a second factor alone where only that will do', async () => {
    const { state, call } = guard({ recovery: 9 })
    const factorOnly = async () => {
      if (state.open) return call()
      throw new ProblemError(403, { code: 'second_factor_proof_needed' })
    }
    const user = await act(factorOnly)
    await user.type(await screen.findByLabelText('Recovery code'), '12345-67890')
    expect(screen.queryByLabelText('Password')).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Confirm' }))

    await expect.poll(() => outcome().textContent).toBe('done')
    expect(state.proofs).toEqual([{ code: '1234567890' }])
  })

  it('gives the server’s refusal to whoever closes it', async () => {
    const { state, call } = guard()
    const user = await act(call)
    await user.click(await screen.findByRole('button', { name: 'Cancel' }))

    await expect.poll(() => outcome().textContent).toBe('refused: Confirm first.')
    expect(state.calls).toBe(1)
  })

  it('says how long to wait after too many tries', async () => {
    const { call } = guard()
    const headers = { 'Retry-After': '120', 'Content-Type': 'application/problem+json' }
    server.use(
      http.post('*/api/v1/auth/confirm', () =>
        HttpResponse.json({ title: 'Too many tries', status: 429 }, { status: 429, headers }),
      ),
    )
    const user = await act(call)
    await user.type(await screen.findByLabelText('Password'), 'engines of brass')
    await user.click(screen.getByRole('button', { name: 'Confirm' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('Please wait 2 minutes')
  })
})
