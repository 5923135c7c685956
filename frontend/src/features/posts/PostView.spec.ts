import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'

import { ProblemError } from '@/lib/problem'
import { makeCover, makePost } from '@/test/factories'
import { render } from '@/test/render'

import PostView from './PostView.vue'

const state = { post: undefined, error: null, fetching: false }

describe('PostView', () => {
  it('says that the post is on its way', async () => {
    await render(PostView, { props: { ...state, fetching: true } })

    expect(screen.getByRole('status')).toHaveTextContent('Loading…')
  })

  it('tells a missing post from a failure', async () => {
    await render(PostView, { props: { ...state, error: new ProblemError(404) } })

    expect(await screen.findByRole('heading', { level: 1, name: 'There is no such post' })).toBeVisible()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  it('says that a post was taken back', async () => {
    await render(PostView, { props: { ...state, error: new ProblemError(410) } })

    expect(await screen.findByRole('heading', { level: 1, name: 'This post was taken back' })).toBeVisible()
    expect(screen.getByRole('search')).toBeVisible()
  })

  it('offers another try after a failure', async () => {
    const { emitted } = await render(PostView, { props: { ...state, error: new ProblemError(500) } })

    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))

    expect(emitted('retry')).toHaveLength(1)
  })

  it('shows title, byline, cover, text, contents and tags', async () => {
    const body_html = '<h2 id="a">Coasts</h2><h2 id="b">Walks</h2><h2 id="c">Ends</h2><p>Text.</p>'
    const cover = makeCover({ url: '/media/coast.webp', alt: 'A coast' })
    await render(PostView, { props: { ...state, post: makePost({ title: 'How long?', body_html, cover }) } })

    expect(screen.getByRole('heading', { level: 1, name: 'How long?' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Ada Byron' })).toHaveAttribute('href', '/authors/ada')
    expect(screen.getByRole('img', { name: 'A coast' })).toBeInTheDocument()
    const contents = within(screen.getByRole('navigation', { name: 'In this post' }))
    expect(contents.getByRole('link', { name: 'Walks' })).toHaveAttribute('href', '/#b')
    expect(screen.getByRole('link', { name: 'Maps' })).toHaveAttribute('href', '/tags/maps')
    expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument()
  })

  it('is printed with its address in letters that people read', async () => {
    const post = makePost({ url: `http://localhost:3000/posts/${encodeURIComponent('夏')}` })
    await render(PostView, { props: { ...state, post } })

    expect(screen.getByRole('article')).toHaveAttribute('data-address', 'http://localhost:3000/posts/夏')
  })

  it('lets those edit it who may, and says that a draft is not public', async () => {
    const permissions = {
      edit: true,
      delete: true,
      publish: true,
      feature: false,
      review: false,
      co_authors: true,
      comment: true,
    }
    const post = makePost({ slug: 'draft', title: '', status: 'draft', published_at: null, permissions })
    await render(PostView, { props: { ...state, post } })

    expect(screen.getByRole('heading', { level: 1, name: 'Untitled' })).toBeVisible()
    expect(screen.getByText('Only you and the editors can see this.')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Edit' })).toHaveAttribute('href', '/write/posts/draft')
  })
})
