import type { Router } from 'vue-router'

/**
 * The one address of the page that is shown, however it was spelled where one came from. A page further back in a list
 * is a page of its own; filters and the like are not.
 */
export const addressOf = (origin: string, router: Router): string =>
  origin + router.resolve({ query: { cursor: router.currentRoute.value.query.cursor || undefined } }).fullPath
