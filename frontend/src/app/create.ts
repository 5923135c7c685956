import { VueQueryPlugin, type QueryClient } from '@tanstack/vue-query'
import type { App as Application } from 'vue'
import type { Router } from 'vue-router'

import type { createI18n } from './i18n'

interface Parts {
  readonly router: Router
  readonly queryClient: QueryClient
  readonly i18n: ReturnType<typeof createI18n>
}

/** Gives the application what all of it uses; in a browser and on the server alike. */
export const equip = (app: Application, { router, queryClient, i18n }: Parts): Application =>
  app.use(i18n).use(VueQueryPlugin, { queryClient }).use(router)
