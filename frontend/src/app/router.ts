import { createRouter as createVueRouter, createWebHistory, type RouterHistory } from 'vue-router'

import { restoreScroll } from './scroll'
import { routes } from './routes'

export const createRouter = (history: RouterHistory = createWebHistory()) =>
  createVueRouter({ history, routes, scrollBehavior: restoreScroll })
