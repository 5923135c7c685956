import { useInfiniteQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { cursorOf } from '@/api'
import { hasNoSuchPage } from '@/lib/lists'
import { historyState } from '@/lib/settled'

import { feedQuery, type PostFilters } from './queries'

const one = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

/**
 * A list of posts that grows at its end. Every page of it has an address of its own (`?cursor=`), and coming back
 * to one shows all that had been opened before it, as long as it is still in the cache.
 */
export function useFeed(filters: MaybeRefOrGetter<PostFilters>) {
  const route = useRoute()
  const router = useRouter()
  const client = useQueryClient()

  function firstStart(): string | null {
    const earlier = historyState().feedStart
    if (typeof earlier === 'string') {
      const start = one(earlier)
      if (client.getQueryData(feedQuery(toValue(filters), start).queryKey)) return start
    }
    return one(route.query.cursor)
  }

  const start = ref(firstStart())
  const query = useInfiniteQuery(computed(() => feedQuery(toValue(filters), start.value)))

  const posts = computed(() => query.data.value?.pages.flatMap((page) => page.results) ?? [])
  const ends = computed(() => {
    const pages = query.data.value?.pages ?? []
    return {
      older: cursorOf(pages.at(-1)?.next ?? null),
      newer: cursorOf(pages[0]?.previous ?? null),
    }
  })
  const linkTo = (cursor: string) => ({ path: route.path, query: { ...route.query, cursor } })

  watch(
    () => one(route.query.cursor),
    (cursor) => {
      if (!query.data.value?.pageParams.includes(cursor)) start.value = cursor
    },
  )
  watch(query.error, (error) => {
    if (hasNoSuchPage(error))
      void router.replace({ path: route.path, query: { ...route.query, cursor: undefined } })
  })

  /** Adds the next older page; answers how many posts came. */
  async function loadOlder(): Promise<number> {
    const cursor = ends.value.older
    if (cursor === null || query.isFetchingNextPage.value) return 0
    const before = posts.value.length
    const { isError } = await query.fetchNextPage()
    if (isError) return 0
    await router.replace({ ...linkTo(cursor), state: { feedStart: start.value ?? '' } })
    return posts.value.length - before
  }

  return {
    posts,
    older: computed(() => (ends.value.older === null ? null : linkTo(ends.value.older))),
    newer: computed(() => (ends.value.newer === null ? null : linkTo(ends.value.newer))),
    loadOlder,
    loadingOlder: query.isFetchingNextPage,
    olderFailed: query.isFetchNextPageError,
    pending: query.isPending,
    fetching: query.isFetching,
    error: query.error,
    refetch: query.refetch,
  }
}
