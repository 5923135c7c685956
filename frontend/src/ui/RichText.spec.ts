import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'

import { render } from '@/test/render'

import RichText from './RichText.vue'

const show = (html: string) => render(RichText, { props: { html } })

describe('RichText', () => {
  it('copies code and says so', async () => {
    const user = userEvent.setup()
    await show('<pre class="highlight"><code>make run</code></pre>')

    await user.click(screen.getByRole('button', { name: 'Copy' }))

    expect(await navigator.clipboard.readText()).toBe('make run')
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible()
  })

  it('selects the code where the clipboard can’t be had', async () => {
    const user = userEvent.setup()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'))
    await show('<pre><code>make run</code></pre>')

    await user.click(screen.getByRole('button', { name: 'Copy' }))

    expect(screen.getByRole('button', { name: 'Copy' })).toBeVisible()
  })

  it('follows links within the publication without loading it anew', async () => {
    const { router } = await show('<p><a href="/tags/maps">Maps</a></p>')

    await userEvent.click(screen.getByRole('link', { name: 'Maps' }))

    await expect.poll(() => router.currentRoute.value.fullPath).toBe('/tags/maps')
  })

  it('leaves other addresses and files to the browser', async () => {
    const { router } = await show('<p><a href="/media/a.pdf">File</a></p>')
    const link = screen.getByRole('link', { name: 'File' })
    link.addEventListener('click', (event) => event.preventDefault(), { capture: true })

    await userEvent.click(link)

    expect(router.currentRoute.value.fullPath).toBe('/')
  })
})
