import { infiniteQueryOptions } from '@tanstack/vue-query'

import { cursorOf, listTokens, type ApiToken } from '@/api'

export type Scope = ApiToken['scopes'][number]

/** What tokens may be made for, in the order they are offered. */
export const scopes: readonly Scope[] = [
  'posts:read',
  'posts:write',
  'comments:read',
  'comments:write',
  'moderation',
  'account:read',
  'people:write',
  'reactions:write',
]

/** How long a token may be good for, in days. */
export const lifetimes = ['7', '30', '90', '180', '365'] as const
export type Lifetime = (typeof lifetimes)[number]

/** A message's key knows no colon. */
export const scopeKey = (scope: Scope): string => scope.replace(':', '-')

/** One's own API tokens, the newest first. */
export const tokensQuery = () =>
  infiniteQueryOptions({
    queryKey: ['account', 'tokens'],
    queryFn: ({ pageParam, signal }) =>
      listTokens({ query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page.next),
  })
