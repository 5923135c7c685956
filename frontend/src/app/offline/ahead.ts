import { hashKey, type QueryClient } from '@tanstack/vue-query'

import { mayHaveSession, type Bookmark } from '@/api'
import { postQuery } from '@/features/posts/queries'
import { bookmarksQuery } from '@/features/reactions/queries'
import { isOffline } from '@/lib/online'

import { recall } from './kept'
import { tell } from './worker'

/** In milliseconds, between two posts: whoever reads meanwhile must not notice. */
const pause = 400

interface WithWishes {
  readonly saveData?: boolean
}

const isSparing = (): boolean =>
  'connection' in navigator && (navigator.connection as WithWishes | undefined)?.saveData === true

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pause))

/** The addresses of our own pictures in a text, as a page without a choice of sizes would fetch them. */
export function picturesIn(html: string): string[] {
  const { images } = new DOMParser().parseFromString(html, 'text/html')
  return [...images].map((image) => new URL(image.getAttribute('src') ?? '', window.location.origin).href)
}

/** Fetches what is on the reading list, so that it can be read without a line. */
export async function fetchAhead(client: QueryClient): Promise<void> {
  if (!mayHaveSession() || isSparing() || isOffline()) return
  const list = await client.fetchInfiniteQuery(bookmarksQuery())
  for (const row of list.pages[0]?.results ?? []) {
    await fetchPost(client, row).catch(() => undefined)
  }
}

async function fetchPost(client: QueryClient, { post }: Bookmark): Promise<void> {
  const query = postQuery(post.slug, true)
  const known = await recall(hashKey(query.queryKey))
  const isThere = typeof known?.value === 'object' && known.value !== null && 'updated_at' in known.value
  if (isThere && (known.value as { updated_at: unknown }).updated_at === post.updated_at) return
  await wait()
  const whole = await client.fetchQuery(query)
  const pictures = [...picturesIn(whole.body_html), ...(whole.cover ? [whole.cover.url] : [])]
  tell({ type: 'keep', files: pictures.map((address) => new URL(address, window.location.origin).href) })
}
