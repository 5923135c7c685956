import { describe, expect, it } from 'vitest'

import { makePost, makeSite } from '@/test/factories'

import { structuredData } from './structured-data'

const origin = 'https://byline.example'

function graphOf(post: ReturnType<typeof makePost>) {
  const subject = {
    origin,
    address: `${origin}/posts/${post.slug}`,
    site: makeSite(),
    title: post.title,
    post,
  }
  return structuredData(subject, `/posts/${post.slug}`)['@graph'] as Record<string, unknown>[]
}

describe('What search engines read of a post', () => {
  it('describes one without an excerpt by how it begins', () => {
    const [posting] = graphOf(makePost({ excerpt: '', description: 'It begins like this…' }))

    expect(posting).toMatchObject({ '@type': 'BlogPosting', description: 'It begins like this…' })
  })
})
