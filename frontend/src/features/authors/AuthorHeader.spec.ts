import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { makeUser } from '@/test/factories'
import { render } from '@/test/render'

import AuthorHeader from './AuthorHeader.vue'

describe('AuthorHeader', () => {
  it('introduces the author', async () => {
    const author = makeUser({ website: 'https://www.example.org/ada' })
    await render(AuthorHeader, { props: { author } })

    expect(screen.getByRole('heading', { level: 1, name: 'Ada Byron' })).toBeVisible()
    expect(screen.getByText('3 posts')).toBeVisible()
    expect(screen.getByRole('link', { name: 'example.org' })).toHaveAttribute('href', author.website)
  })

  it('lists the links that the author named', async () => {
    const links = [{ label: 'Engines I drew', url: 'https://engines.example.org' }]
    await render(AuthorHeader, { props: { author: makeUser({ links }) } })

    expect(screen.getByRole('link', { name: 'Engines I drew' })).toHaveAttribute('href', links[0]?.url)
  })

  it('makes no link of an address that is none', async () => {
    await render(AuthorHeader, { props: { author: makeUser({ website: 'javascript:alert(1)' }) } })

    expect(screen.queryByRole('link', { name: /alert/ })).not.toBeInTheDocument()
  })
})
