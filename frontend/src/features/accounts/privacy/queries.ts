import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'

import { cursorOf, getExport, listBlocks } from '@/api'

/** In milliseconds. An export takes seconds for most, minutes for some: nobody is asked often. */
const firstLook = 3000
const slowLook = 15_000
const patient = 5

/** The export that was asked for last. While it is being made, it is looked at again. */
export const exportQuery = () =>
  queryOptions({
    queryKey: ['account', 'export'],
    queryFn: ({ signal }) => getExport({ signal }),
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
