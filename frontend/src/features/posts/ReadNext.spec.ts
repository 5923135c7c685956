import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import type { FurtherReading } from '@/api'
import { makeCover, makePostSummary } from '@/test/factories'
import { render } from '@/test/render'

import ReadNext from './ReadNext.vue'
import SeriesBox from './SeriesBox.vue'

const [before, after, akin] = ['Before', 'After', 'Akin'].map((title) =>
  makePostSummary({ title, slug: title.toLowerCase() }),
) as [
  ReturnType<typeof makePostSummary>,
  ReturnType<typeof makePostSummary>,
  ReturnType<typeof makePostSummary>,
]
const nothing: FurtherReading = { previous: null, next: null, series: null, related: [] }
const read = (given: Partial<FurtherReading>) =>
  render(ReadNext, { props: { reading: { ...nothing, ...given } } })

describe('ReadNext', () => {
  it('leads to the posts around and to those that are akin, each once', async () => {
    await read({ previous: before, next: after, related: [after, akin] })

    const beside = within(screen.getByRole('navigation', { name: 'Before and after this post' }))
    expect(beside.getByRole('link', { name: 'Earlier Before' })).toHaveAttribute('href', '/posts/before')
    expect(beside.getByRole('link', { name: 'Later After' })).toHaveAttribute('href', '/posts/after')
    const related = within(screen.getByRole('region', { name: 'Read next' }))
    expect(related.getAllByRole('heading', { level: 3 })).toHaveLength(1)
    expect(related.getByRole('link', { name: 'Akin' })).toHaveAttribute('href', '/posts/akin')
  })

  it('shows pictures only where all have one', async () => {
    const cover = makeCover({ url: '/media/a.webp' })
    const { container } = await read({ related: [akin, makePostSummary({ cover })] })

    expect(container.querySelector('img')).toBeNull()
  })

  it('shows nothing of the only post that there is', async () => {
    const { container } = await read({})

    expect(container).toHaveTextContent('')
  })
})

describe('SeriesBox', () => {
  const parts = (count: number) =>
    Array.from({ length: count }, (_, place) => ({ slug: `part-${place + 1}`, title: `Part ${place + 1}` }))
  const series = (count: number) =>
    render(SeriesBox, {
      props: { slug: 'part-2', series: { slug: 'salt', title: 'Salt', posts: parts(count) } },
    })

  it('lists the parts and says which one this is', async () => {
    const { container } = await series(3)

    expect(screen.getByRole('link', { name: 'Salt' })).toHaveAttribute('href', '/series/salt')
    expect(screen.getByText('Part 2')).toHaveAttribute('aria-current', 'page')
    expect(screen.getByRole('link', { name: 'Part 3' })).toHaveAttribute('href', '/posts/part-3')
    expect(container.querySelector('details')).toBeNull()
  })

  it('folds a long one', async () => {
    const { container } = await series(12)

    expect(container.querySelector('summary')).toHaveTextContent('Part 2 of 12')
  })
})
