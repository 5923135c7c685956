import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { makePost } from '@/test/factories'
import { render } from '@/test/render'

import ShareButton from './ShareButton.vue'

const post = makePost({ slug: 'salt', title: 'Salt & sea', excerpt: 'On patience.' })
const show = () => render(ShareButton, { props: { post } })
const button = () => screen.getByRole('button', { name: 'Share' })

/** What the device has to share with. */
function equip(share: (data: ShareData) => Promise<void>): void {
  Object.defineProperty(navigator, 'share', { value: share, configurable: true })
}

afterEach(() => {
  Reflect.deleteProperty(navigator, 'share')
})

describe('ShareButton', () => {
  it('shares by the means of the device', async () => {
    const share = vi.fn(() => Promise.resolve())
    equip(share)
    await show()

    await userEvent.click(button())

    expect(share).toHaveBeenCalledWith({ title: 'Salt & sea', url: post.url })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('leaves it at that when one thinks better of it', async () => {
    equip(() => Promise.reject(new DOMException('', 'AbortError')))
    await show()

    await userEvent.click(button())

    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('offers the address, a mail and paper where the device has no means', async () => {
    const user = userEvent.setup()
    const print = vi.fn()
    vi.stubGlobal('print', print)
    await show()

    await user.click(button())

    expect(await screen.findByRole('dialog', { name: 'Share this post' })).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Address of this post' })).toHaveValue(post.url)
    expect(screen.getByRole('link', { name: 'Send it by e-mail' })).toHaveAttribute(
      'href',
      `mailto:?subject=Salt%20%26%20sea&body=${encodeURIComponent(`On patience.\n\n${post.url}`)}`,
    )
    await user.click(screen.getByRole('button', { name: 'Copy the address' }))
    expect(await navigator.clipboard.readText()).toBe(post.url)
    await user.click(screen.getByRole('button', { name: 'Print it' }))
    expect(print).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })
})
