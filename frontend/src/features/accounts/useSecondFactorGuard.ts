import { useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, onMounted, shallowRef, watch, type Component } from 'vue'
import { useRoute } from 'vue-router'

import { onSecondFactorNeeded } from '@/api'
import { withMessages } from '@/lib/messages'

import { meQuery, useSession } from './session'

/**
 * What stands in place of the page while a role needs a second factor that the account hasn't got: the server opens
 * nothing else to it then. Undefined for everybody else, and where the factor is added.
 */
export function useSecondFactorGuard() {
  const client = useQueryClient()
  const route = useRoute()
  const { me } = useSession()
  const notice = shallowRef<Component>()
  const lacking = computed(() => me.value?.second_factor_required === true && !me.value.has_second_factor)

  watch(
    lacking,
    async (now, before) => {
      if (now) notice.value ??= (await withMessages(() => import('./SecondFactorNeeded.vue'))).default
      // What was refused meanwhile opens.
      else if (before) await client.invalidateQueries()
    },
    { immediate: true },
  )
  // The role may have changed since one was asked for last. Not on the server, where nothing is ever unmounted.
  let stopListening = (): void => undefined
  onMounted(() => {
    stopListening = onSecondFactorNeeded(() => void client.invalidateQueries({ ...meQuery(), exact: true }))
  })
  onBeforeUnmount(() => stopListening())

  return computed(() => (lacking.value && route.name !== 'account-security' ? notice.value : undefined))
}
