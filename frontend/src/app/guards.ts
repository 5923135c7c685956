import type { Router } from 'vue-router'

import { isSignedIn } from '@/features/accounts'

import { loadMessages, type I18n } from './i18n'

/** Sends those who are not signed in to the sign-in page and back, and fetches the messages that a page needs. */
export function guard(router: Router, i18n: I18n): void {
  router.beforeEach((to) => {
    if (!to.meta.requiresSession || isSignedIn()) return true
    return { name: 'sign-in', query: { next: to.fullPath } }
  })
  router.beforeResolve(async (to) => {
    if (to.meta.messages) await loadMessages(i18n, to.meta.messages)
  })
}
