import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'

import { NetworkError, ProblemError } from '@/lib/problem'
import { render } from '@/test/render'

import PasskeyButton from './PasskeyButton.vue'
import { PasskeyDeclined, PasskeyFailed } from './passkeys'

async function press(use: () => Promise<unknown>) {
  const user = userEvent.setup()
  await render(PasskeyButton, { props: { label: 'Use a passkey', use } })
  const button = screen.getByRole('button', { name: 'Use a passkey' })
  await user.click(button)
  return { user, button }
}

describe('PasskeyButton', () => {
  it('says that it is at work, and can’t be pressed twice', async () => {
    const use = vi.fn(() => new Promise(() => {}))
    const { user, button } = await press(use)

    expect(button).toHaveAttribute('aria-busy', 'true')
    await user.click(button)
    expect(use).toHaveBeenCalledOnce()
  })

  it.each([
    [new PasskeyDeclined(), 'No passkey was used'],
    [new PasskeyFailed('unfit'), 'could not use a passkey'],
    [new ProblemError(401, { detail: 'This passkey opens no account here.' }), 'opens no account here'],
    [new ProblemError(429, { retryAfter: 30 }), 'Please wait 30 seconds'],
    [new ProblemError(500, { detail: 'x' }), 'isn’t your doing'],
    [new NetworkError(), 'connection'],
  ])('says what came of %s', async (error, words) => {
    const { button } = await press(() => Promise.reject(error))

    const alert = await screen.findByRole('alert')
    expect(alert.textContent.toLowerCase()).toContain(words.toLowerCase())
    expect(alert).toHaveFocus()
    expect(button).not.toHaveAttribute('aria-busy')
  })
})
