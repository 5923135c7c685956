import userEvent from '@testing-library/user-event'
import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import CopyAddress from './CopyAddress.vue'

describe('CopyAddress', () => {
  it('selects the address for whoever comes to it, and copies it', async () => {
    const user = userEvent.setup()
    const address = 'https://example.org/posts/coasts'
    await render(CopyAddress, { props: { address, label: 'Address', copyLabel: 'Copy the address' } })
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Address' })

    await user.tab()
    expect(field).toHaveFocus()
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, address.length])

    await user.click(screen.getByRole('button', { name: 'Copy the address' }))
    expect(await navigator.clipboard.readText()).toBe(address)
  })
})
