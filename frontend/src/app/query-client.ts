import { QueryClient } from '@tanstack/vue-query'

import { isOffline } from '@/lib/online'
import { NetworkError, ProblemError } from '@/lib/problem'

import { atHand } from './offline/at-hand'

const attempts = 2

/** A second try helps where the line or the server failed, never where the server gave its answer. */
const mayHelp = (error: Error): boolean =>
  error instanceof NetworkError || (error instanceof ProblemError && error.status >= 500)

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 15 * 60_000,
        networkMode: 'always',
        retry: (count, error) => count < attempts && mayHelp(error) && !isOffline(),
        ...(import.meta.env.SSR ? {} : { persister: atHand }),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
