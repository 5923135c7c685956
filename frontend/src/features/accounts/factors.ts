import { queryOptions } from '@tanstack/vue-query'

import { getFactors } from '@/api'

/** How the signed-in person can prove who they are, beside the password. */
export const factorsQuery = () =>
  queryOptions({
    queryKey: ['me', 'factors'],
    queryFn: ({ signal }) => getFactors({ signal }),
    staleTime: 30_000,
  })
