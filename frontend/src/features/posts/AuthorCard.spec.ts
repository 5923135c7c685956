import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { makePost } from '@/test/factories'
import { render } from '@/test/render'

import AuthorCard from './AuthorCard.vue'

describe('AuthorCard', () => {
  it('names the author and says a word about them', async () => {
    await render(AuthorCard, { props: { post: makePost(), bio: 'Writes.' } })

    expect(screen.getByRole('link', { name: 'Ada Byron' })).toHaveAttribute('href', '/authors/ada')
    expect(screen.getByText('Writes.')).toBeVisible()
  })
})
