import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import { render } from '@/test/render'

import { lazyPart } from './lazyPart'

const part = { default: defineComponent(() => () => h('p', 'Here.')) }

describe('lazyPart', () => {
  it('leaves the page as it is when its program can’t be fetched, and comes when asked again', async () => {
    const load = vi.fn<() => Promise<typeof part>>().mockResolvedValue(part)
    load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
    const Part = lazyPart(load)
    const page = defineComponent(() => () => [h('textarea', 'Typed.'), h(Part)])
    await render(page)

    expect(await screen.findByRole('alert')).toHaveTextContent('This part could not be loaded')
    expect(screen.getByRole('textbox')).toHaveValue('Typed.')
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Here.')).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('shows nothing while it is on its way', async () => {
    const Part = lazyPart(() => new Promise<typeof part>(() => undefined))
    await render(defineComponent(() => () => h('main', h(Part))))

    expect(screen.getByRole('main')).toBeEmptyDOMElement()
  })
})
