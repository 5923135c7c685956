import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { render } from '@/test/render'

import { offerUpdate, setOffline, setTakesOver } from '../offline/line'
import OfflineBar from './OfflineBar.vue'

describe('OfflineBar', () => {
  afterEach(() => {
    setOffline(false)
    offerUpdate(undefined)
  })

  it('says that a new version was asked for, until it takes over', async () => {
    const update = vi.fn(setTakesOver)
    offerUpdate(update)
    await render(OfflineBar)
    expect(screen.getByRole('status')).toHaveTextContent('A newer version of this site is ready.')

    await userEvent.click(screen.getByRole('button', { name: 'Use it now' }))

    expect(update).toHaveBeenCalledOnce()
    expect(screen.getByRole('status')).toHaveTextContent('The newer version will take over')
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('offers no new version while there is no line to fetch the rest of it', async () => {
    offerUpdate(vi.fn())
    setOffline(true)
    await render(OfflineBar)

    expect(screen.getByRole('status')).toHaveTextContent('You are offline.')
    expect(screen.queryByRole('button')).toBeNull()
  })
})
