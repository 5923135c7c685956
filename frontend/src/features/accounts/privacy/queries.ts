import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, getExport, listBlocks, type Export } from '@/api'
import { isNotFound } from '@/lib/problem'

/** In milliseconds. An export takes seconds for most, minutes for some: nobody is asked often. */
const firstLook = 3000
const slowLook = 15_000
const patient = 5

async function latestExport(signal: AbortSignal): Promise<Export | null> {
  try {
    return await getExport({ signal })
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/** The export that was asked for last; null when there is none. While it is being made, it is looked at again. */
export const exportQuery = () =>
  queryOptions({
    queryKey: ['account', 'export'],
    queryFn: ({ signal }) => latestExport(signal),
    refetchInterval: ({ state }) => {
      if (state.data?.status !== 'waiting') return false
      return state.dataUpdateCount < patient ? firstLook : slowLook
    },
  })

/** Whom one blocks, the latest first. */
export const blocksQuery = () =>
  infiniteQueryOptions({
    queryKey: ['account', 'blocks'],
    queryFn: ({ pageParam, signal }) =>
      listBlocks({ query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
