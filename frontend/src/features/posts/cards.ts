import type { QueryClient } from '@tanstack/vue-query'

import { getPost } from '@/api'
import type { EmbedCard } from '@/lib/embed-cards'
import { isNotFound } from '@/lib/problem'

const fresh = 5 * 60_000

/** What a card within a text shows of a post; nothing where readers find none. */
export async function fetchCard(client: QueryClient, slug: string): Promise<EmbedCard | null> {
  try {
    const post = await client.fetchQuery({
      queryKey: ['posts', 'card', slug],
      queryFn: ({ signal }) =>
        getPost({ path: { slug }, query: { fields: 'slug,title,excerpt,cover,author,language' }, signal }),
      staleTime: fresh,
      retry: false,
    })
    const { title, excerpt, language, author, cover } = post
    return {
      slug: post.slug,
      title: title || post.slug,
      excerpt,
      language,
      byline: author.display_name || author.username,
      cover: cover?.url ?? '',
    }
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}
