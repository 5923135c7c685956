import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { single } from '@/lib/params'

import { orders, type Order } from './queries'
import { useCommentMessages } from './useCommentMessages'

/** The order of a thread, which is part of the address, and those one may choose from. */
export function useOrder() {
  const { t } = useCommentMessages()
  const route = useRoute()
  const router = useRouter()

  const order = computed<Order>({
    get: () => orders.find((known) => known === single(route.query.comments)) ?? 'oldest',
    set(next) {
      void router.replace({ query: { ...route.query, comments: next === 'oldest' ? undefined : next } })
    },
  })
  const options = computed(() => orders.map((value) => ({ value, label: t(`comments.${value}`) })))

  return { order, options }
}
