import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import PersonLink from './PersonLink.vue'

describe('PersonLink', () => {
  it('leads to the person’s page', async () => {
    await render(PersonLink, { props: { username: 'ada', name: 'Ada Byron' } })

    expect(screen.getByRole('link', { name: 'Ada Byron' })).toHaveAttribute('href', '/authors/ada')
  })

  it('leads nowhere where the account is gone', async () => {
    await render(PersonLink, { props: { username: 'deleted-7', name: 'Deleted user' } })

    expect(screen.getByText('Deleted user')).toBeVisible()
    expect(screen.queryByRole('link')).not.toBeInTheDocument()
  })
})
