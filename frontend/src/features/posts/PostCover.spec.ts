import { fireEvent, screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { makeCover, makePostSummary } from '@/test/factories'
import { render } from '@/test/render'

import { leadSizes } from './covers'
import LeadStory from './LeadStory.vue'
import PostCover from './PostCover.vue'
import PostTeaser from './PostTeaser.vue'

const props = { cover: makeCover({ alt: 'A pier' }), title: 'On piers', sizes: '15rem' }

describe('PostCover', () => {
  it('offers the sizes that there are, and keeps room for the picture', async () => {
    const { container } = await render(PostCover, { props })

    const source = container.querySelector('picture > source')
    expect(source).toHaveAttribute('type', 'image/avif')
    expect(source).toHaveAttribute('srcset', '/media/images/1/320.avif 320w,/media/images/1/960.avif 960w')
    expect(source).toHaveAttribute('sizes', '15rem')
    const image = screen.getByRole('img', { name: 'A pier' })
    expect(image).toHaveAttribute('srcset', '/media/images/1/320.webp 320w,/media/images/1/960.webp 960w')
    expect(image).toHaveAttribute('src', '/media/images/1/image.jpg')
    expect(image).toHaveAttribute('width', '1600')
    expect(image).toHaveAttribute('height', '1000')
    expect(image).toHaveAttribute('loading', 'lazy')
  })

  it.each([
    ['from elsewhere', makeCover({ width: null, height: null, renditions: [], alt: 'A pier' })],
    ['that was kept before sizes were told', { url: '/media/a.jpg', alt: 'A pier' }],
  ])('shows a picture %s as it is', async (_, cover) => {
    const { container } = await render(PostCover, { props: { ...props, cover } })

    expect(container.querySelector('source')).toBeNull()
    const image = screen.getByRole('img', { name: 'A pier' })
    expect(image).not.toHaveAttribute('srcset')
    expect(image).toHaveAttribute('src', cover.url)
    expect(image).toHaveAttribute('width', '1200')
  })

  it('leaves an initial where the picture is not to be had, until there is another', async () => {
    const { rerender } = await render(PostCover, { props })
    await fireEvent.error(screen.getByRole('img'))

    expect(screen.queryByRole('img')).not.toBeInTheDocument()
    expect(screen.getByText('O')).toBeInTheDocument()

    await rerender({ cover: makeCover({ url: '/media/images/2/image.jpg', alt: 'A quay' }) })
    expect(screen.getByRole('img', { name: 'A quay' })).toBeInTheDocument()
  })

  it('is fetched first where it leads, and late in the river', async () => {
    const post = makePostSummary({ cover: makeCover() })
    const lead = await render(LeadStory, { props: { post } })
    const first = lead.container.querySelector('img')
    expect(first).toHaveAttribute('fetchpriority', 'high')
    expect(first).toHaveAttribute('sizes', leadSizes)

    const teaser = await render(PostTeaser, { props: { post, level: 2 } })
    expect(teaser.container.querySelector('img')).toHaveAttribute('loading', 'lazy')
    expect(teaser.container.querySelector('img')?.sizes).toContain('15rem')
  })
})
