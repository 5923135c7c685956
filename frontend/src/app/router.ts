import { createRouter as createVueRouter, createWebHistory, type RouterHistory } from 'vue-router'

import { restoreScroll } from './scroll'
import { routes } from './routes'
import { fadeBetweenPages } from './transitions'

/** Without a history of its own it is the browser's, in which pages fade into each other. */
export function createRouter(history?: RouterHistory) {
  const router = createVueRouter({
    history: history ?? createWebHistory(),
    routes,
    scrollBehavior: restoreScroll,
  })
  if (!history) fadeBetweenPages(router)
  return router
}
