import { screen } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf, problem } from '@/test/answers'
import { makeArchiveMonth } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import ArchiveMonths from './ArchiveMonths.vue'

describe('ArchiveMonths', () => {
  it('puts months under their years', async () => {
    const months = [
      { year: 2026, month: 3, post_count: 1 },
      { year: 2026, month: 1, post_count: 2 },
      { year: 2025, month: 12, post_count: 3 },
    ]
    server.use(http.get('*/api/v1/archive', () => listOf(months.map(makeArchiveMonth))))
    await render(ArchiveMonths)

    expect(await screen.findByRole('link', { name: 'All of 2026' })).toHaveAttribute('href', '/archive/2026')
    expect(screen.getByRole('link', { name: 'January 2 posts' })).toHaveAttribute('href', '/archive/2026/01')
    expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(2)
  })

  it('says that nothing has been published', async () => {
    server.use(http.get('*/api/v1/archive', () => listOf([])))
    await render(ArchiveMonths)

    expect(await screen.findByRole('heading', { name: 'Nothing has been published yet' })).toBeVisible()
  })

  it('says what went wrong', async () => {
    server.use(http.get('*/api/v1/archive', () => problem(500)))
    await render(ArchiveMonths)

    expect(await screen.findByRole('alert')).toBeVisible()
  })
})
