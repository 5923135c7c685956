import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { makePage } from '@/test/factories'
import { render } from '@/test/render'

import PageArticle from './PageArticle.vue'

describe('PageArticle', () => {
  it('shows title and text', async () => {
    await render(PageArticle, { props: { page: makePage() } })

    expect(screen.getByRole('heading', { level: 1, name: 'About' })).toBeVisible()
    expect(screen.getByText('Who we are.')).toBeVisible()
  })
})
