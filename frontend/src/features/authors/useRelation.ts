import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'

import { blockUser, followUser, unblockUser, unfollowUser, type Relation, type User } from '@/api'
import { useProblemText } from '@/composables/useAction'
import { useToasts } from '@/composables/useToasts'

interface Standing {
  readonly relation: Relation
  readonly followers: number
}

const nothing: Relation = { following: false, blocked: false }

/** How the reader stands to a person. A change shows at once, and is taken back when the server refuses it. */
export function useRelation(person: MaybeRefOrGetter<User>) {
  const client = useQueryClient()
  const describe = useProblemText()
  const { show } = useToasts()
  const busy = ref(false)

  const known = computed<Standing>(() => {
    const { relation, follower_count } = toValue(person)
    return { relation: relation ?? nothing, followers: follower_count }
  })
  const hoped = shallowRef<Standing>()
  const standing = computed(() => hoped.value ?? known.value)
  // The server has told: from here on its word counts.
  watch(known, () => {
    if (!busy.value) hoped.value = undefined
  })

  async function refresh(username: string): Promise<void> {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['authors', username] }),
      client.invalidateQueries({ queryKey: ['people', 'following'] }),
      client.invalidateQueries({ queryKey: ['account', 'blocks'] }),
      // What is on the screen stays until one comes back to it.
      client.invalidateQueries({ queryKey: ['people', 'suggestions'], refetchType: 'none' }),
      client.invalidateQueries({ queryKey: ['posts', 'feed'], refetchType: 'none' }),
    ])
  }

  /** Answers whether it was done. */
  async function change(relation: Relation, send: (path: { username: string }) => Promise<unknown>) {
    if (busy.value) return false
    const { username } = toValue(person)
    const { following } = standing.value.relation
    const followers = standing.value.followers + Number(relation.following) - Number(following)
    busy.value = true
    hoped.value = { relation, followers }
    try {
      await send({ username })
    } catch (error) {
      hoped.value = undefined
      show(describe(error), 'error')
      return false
    } finally {
      busy.value = false
    }
    void refresh(username)
    return true
  }

  return {
    relation: computed(() => standing.value.relation),
    followers: computed(() => standing.value.followers),
    busy,
    follow: () => change({ following: true, blocked: false }, (path) => followUser({ path })),
    unfollow: () => change({ following: false, blocked: false }, (path) => unfollowUser({ path })),
    block: () => change({ following: false, blocked: true }, (path) => blockUser({ path })),
    unblock: () => change({ following: false, blocked: false }, (path) => unblockUser({ path })),
  }
}
