import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import PostByline from './PostByline.vue'

const person = (username: string, display_name = '') => ({ username, display_name, avatar_url: '' })
const draw = (...others: ReturnType<typeof person>[]) =>
  render(PostByline, { props: { author: person('ada', 'Ada Byron'), coAuthors: others } })

describe('PostByline', () => {
  it('names a single author', async () => {
    const { container } = await draw()

    expect(container).toHaveTextContent(/^Ada Byron$/)
    expect(screen.getByRole('link', { name: 'Ada Byron' })).toHaveAttribute('href', '/authors/ada')
  })

  it('names all who wrote it, by username where there is no name', async () => {
    const { container } = await draw(person('grace', 'Grace Hopper'), person('mina'))

    expect(container).toHaveTextContent(/^Ada Byron, Grace Hopper, and mina$/)
    expect(screen.getByRole('link', { name: 'mina' })).toHaveAttribute('href', '/authors/mina')
  })

  it('leads nowhere from somebody who is gone', async () => {
    await draw(person('deleted-4', 'Deleted user'))

    expect(screen.queryByRole('link', { name: 'Deleted user' })).toBeNull()
    expect(screen.getByText('Ada Byron', { exact: true })).toBeVisible()
  })
})
