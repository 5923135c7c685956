import { queryOptions } from '@tanstack/vue-query'

import { getUser } from '@/api'

export const authorQuery = (username: string) =>
  queryOptions({
    queryKey: ['authors', username],
    queryFn: ({ signal }) => getUser({ path: { username }, signal }),
  })
