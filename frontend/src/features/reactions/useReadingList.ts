import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/vue-query'
import { computed, nextTick } from 'vue'

import { bookmarkPost, unbookmarkPost, type Bookmark, type BookmarkPage } from '@/api'
import { useProblemText } from '@/composables/useAction'
import { useToasts } from '@/composables/useToasts'

import { bookmarksQuery } from './queries'
import { useReactionMessages } from './useReactionMessages'

type Pages = InfiniteData<BookmarkPage, string>

/** What one keeps to read later. A post that is taken off goes at once, and can be had back where it stood. */
export function useReadingList() {
  const client = useQueryClient()
  const { t } = useReactionMessages()
  const describe = useProblemText()
  const { show } = useToasts()
  const query = bookmarksQuery()
  const list = useInfiniteQuery(query)
  const rows = computed<Bookmark[]>(() => list.data.value?.pages.flatMap((page) => page.results) ?? [])

  const set = (next: (results: Bookmark[], page: number) => Bookmark[]): void => {
    client.setQueryData<Pages>(
      query.queryKey,
      (known) =>
        known && {
          ...known,
          pages: known.pages.map((page, at) => ({ ...page, results: next(page.results, at) })),
        },
    )
  }

  const without = (row: Bookmark): void =>
    set((results) => results.filter(({ post }) => post.id !== row.post.id))

  /** Puts a row back where it stood: before the one that followed it, or at the end. */
  function putBack(row: Bookmark, next: Bookmark | undefined): void {
    without(row)
    set((results, page) => {
      const at = next ? results.findIndex(({ post }) => post.id === next.post.id) : -1
      if (at >= 0) return [...results.slice(0, at), row, ...results.slice(at)]
      const last = (list.data.value?.pages.length ?? 1) - 1
      const isThere = next && rows.value.some(({ post }) => post.id === next.post.id)
      return !isThere && page === last ? [...results, row] : results
    })
  }

  const told = (row: Bookmark): void =>
    void client.invalidateQueries({ queryKey: ['reactions', row.post.slug] })

  /** `hidden` is called once the row is gone from the screen. */
  async function remove(row: Bookmark, hidden: () => void): Promise<void> {
    const next = rows.value[rows.value.indexOf(row) + 1]
    await client.cancelQueries({ queryKey: query.queryKey })
    without(row)
    void nextTick(hidden)
    const path = { slug: row.post.slug }
    try {
      await unbookmarkPost({ path })
    } catch (error) {
      putBack(row, next)
      show(describe(error), 'error')
      return
    }
    told(row)
    if (rows.value.length === 0 && list.hasNextPage.value) void list.fetchNextPage()
    const run = (): void => void restore(row, next)
    show(t('reactions.list.removed'), 'success', { label: t('reactions.list.undo'), run })
  }

  async function restore(row: Bookmark, next: Bookmark | undefined): Promise<void> {
    putBack(row, next)
    try {
      await bookmarkPost({ path: { slug: row.post.slug } })
    } catch (error) {
      without(row)
      show(describe(error), 'error')
      return
    }
    told(row)
    show(t('reactions.list.restored'), 'success')
  }

  return { list, rows, remove }
}
