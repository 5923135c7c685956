import { useInfiniteQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'

import { useSession } from '@/features/accounts'

import { threadQuery, type Order } from './queries'
import { flatten } from './thread'

/** How many pages are fetched at most to find one comment. */
const furthest = 40

/** The comments under a post, page by page. */
export function useThread(slug: MaybeRefOrGetter<string>, order: MaybeRefOrGetter<Order>) {
  const { signedIn } = useSession()
  const query = useInfiniteQuery(computed(() => threadQuery(toValue(slug), toValue(order), signedIn.value)))
  const comments = computed(() => flatten(query.data.value))
  const byId = computed(() => new Map(comments.value.map((comment) => [comment.id, comment])))

  /** Answers how many comments came. */
  async function loadMore(): Promise<number> {
    const before = comments.value.length
    await query.fetchNextPage()
    return comments.value.length - before
  }

  /** Fetches on until the comment is there; answers whether it is. */
  async function reveal(id: number): Promise<boolean> {
    for (let page = 0; page < furthest && !byId.value.has(id); page += 1) {
      if (!query.hasNextPage.value || query.error.value) break
      await query.fetchNextPage()
    }
    return byId.value.has(id)
  }

  return { ...query, comments, byId, loadMore, reveal }
}
