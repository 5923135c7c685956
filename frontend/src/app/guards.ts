import type { Router } from 'vue-router'

import { isSignedIn } from '@/features/accounts'

import { loadMessages } from './i18n'

/** Sends those who are not signed in to the sign-in page and back, and fetches the messages that a page needs. */
export function guard(router: Router): void {
  router.beforeEach((to) => {
    if (!to.meta.requiresSession || isSignedIn()) return true
    return { name: 'sign-in', query: { next: to.fullPath } }
  })
  router.beforeResolve(async (to) => {
    await loadMessages(to.meta.messages)
  })
}
