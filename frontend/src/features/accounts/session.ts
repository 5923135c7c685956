import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed, nextTick, readonly, ref } from 'vue'

import {
  register as createAccount,
  signIn as createToken,
  signOut as endToken,
  beginSession,
  endSession,
  idempotencyKey,
  mayHaveSession,
  getMe,
  onSessionChange,
  watchOtherTabs,
  type Me,
} from '@/api'

export type Permission = Me['permissions'][number]

interface Credentials {
  readonly username: string
  readonly password: string
}
export interface Registration extends Credentials {
  readonly email: string
  readonly display_name?: string
}

const signedIn = ref(mayHaveSession())

export const meQuery = () =>
  queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => getMe({ signal }), staleTime: 5 * 60_000 })

/** For guards, which are no components: whether somebody is, as far as is known, signed in. */
export const isSignedIn = (): boolean => signedIn.value

/** Follows the session from here on. What was fetched for one person is never shown to the next. */
export function startSession(client: QueryClient): () => void {
  signedIn.value = mayHaveSession()
  const stopListening = onSessionChange((now) => {
    if (signedIn.value === now) return
    signedIn.value = now
    // Queries learn in the next tick whether they are still wanted: what only members may ask is not asked again.
    void nextTick(() => client.resetQueries())
  })
  const stopWatching = watchOtherTabs()
  return () => {
    stopListening()
    stopWatching()
  }
}

export async function signIn({ username, password }: Credentials): Promise<void> {
  beginSession(await createToken({ body: { username, password } }))
}

/** Makes the account and signs in with it. With the same key it can be tried again after a lost answer. */
export async function register(given: Registration, key: string): Promise<void> {
  await createAccount({ body: given, headers: idempotencyKey(key) })
  await signIn(given)
}

export async function signOut(): Promise<void> {
  await endToken()
  endSession()
}

/** Who is there. `me` is undefined for an anonymous reader, and until the server has told. */
export function useSession() {
  const client = useQueryClient()
  const { data, error } = useQuery({ ...meQuery(), enabled: signedIn })
  const me = computed(() => (signedIn.value ? data.value : undefined))
  return {
    signedIn: readonly(signedIn),
    me,
    error,
    can: (permission: Permission): boolean => me.value?.permissions.includes(permission) ?? false,
    /** After a change of the profile: what the server now says. */
    setMe: (next: Me) => client.setQueryData(meQuery().queryKey, next),
  }
}
