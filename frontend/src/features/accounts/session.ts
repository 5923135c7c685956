import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed, nextTick, readonly, ref } from 'vue'

import { mayHaveSession, getMe, onSessionChange, watchOtherTabs, type Me } from '@/api'
import { begunByServer } from '@/lib/settled'

export type Permission = Me['permissions'][number]

/** Where the server has drawn the page, it drew it for everybody: who is there is looked up after that. */
const signedIn = ref(!begunByServer && mayHaveSession())

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
    // Whoever signs in while reading goes on reading; what they may see beyond arrives meanwhile.
    void nextTick(() => (now ? client.invalidateQueries() : client.resetQueries()))
  })
  const stopWatching = watchOtherTabs()
  return () => {
    stopListening()
    stopWatching()
  }
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
