import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf } from '@/test/answers'
import { makeCategory, makeTag } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import FeedFilter from './FeedFilter.vue'

const serve = () =>
  server.use(
    http.get('*/api/v1/categories', () =>
      listOf([makeCategory(), makeCategory({ slug: 'bare', name: 'Bare', post_count: 0 })]),
    ),
    http.get('*/api/v1/tags', () => listOf([makeTag()])),
  )

describe('FeedFilter', () => {
  it('offers what holds posts and tells what was chosen', async () => {
    serve()
    const { emitted } = await render(FeedFilter, { props: { category: '', tag: '' } })
    await screen.findByRole('option', { name: 'Craft' })

    await userEvent.selectOptions(screen.getByLabelText('Section'), 'craft')
    await userEvent.selectOptions(screen.getByLabelText('Tag'), 'maps')

    expect(emitted('update:category')).toEqual([['craft']])
    expect(emitted('update:tag')).toEqual([['maps']])
    expect(screen.queryByRole('option', { name: 'Bare' })).not.toBeInTheDocument()
  })

  it('shows the choice of the address even if no list names it', async () => {
    serve()
    await render(FeedFilter, { props: { category: '', tag: 'rare' } })

    expect(screen.getByLabelText('Tag')).toHaveValue('rare')
  })
})
