import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import MissingNotice from './MissingNotice.vue'

describe('MissingNotice', () => {
  it('leads on: to a search, the front page and the archive', async () => {
    const user = userEvent.setup()
    const { router } = await render(MissingNotice, { props: { title: 'Nothing here' } })

    expect(screen.getByRole('heading', { level: 1, name: 'Nothing here' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'To the archive' })).toHaveAttribute('href', '/archive')
    expect(screen.getByRole('search')).toHaveAttribute('action', '/search')
    await user.type(screen.getByRole('searchbox', { name: 'Search the publication' }), 'salt & sea{Enter}')

    await expect.poll(() => router.currentRoute.value.fullPath).toBe('/search?q=salt+%26+sea')
  })
})
