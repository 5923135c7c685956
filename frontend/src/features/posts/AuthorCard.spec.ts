import { screen } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf, problem } from '@/test/answers'
import { makePost, makePostSummary } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AuthorCard from './AuthorCard.vue'

describe('AuthorCard', () => {
  it('names the author and what else they wrote', async () => {
    const post = makePost()
    server.use(http.get('*/api/v1/posts', () => listOf([post, makePostSummary({ title: 'Another' })])))
    await render(AuthorCard, { props: { post, bio: 'Writes.' } })

    expect(await screen.findByRole('link', { name: 'Another' })).toBeVisible()
    expect(screen.queryByRole('link', { name: post.title })).not.toBeInTheDocument()
    expect(screen.getByText('Writes.')).toBeVisible()
  })

  it('leaves out what can’t be had', async () => {
    server.use(http.get('*/api/v1/posts', () => problem(500)))
    await render(AuthorCard, { props: { post: makePost() } })

    expect(screen.getByRole('link', { name: 'Ada Byron' })).toBeVisible()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })
})
