import '@/styles/main.css'

import { hydrate, type DehydratedState, type QueryClient } from '@tanstack/vue-query'
import { createApp, createSSRApp } from 'vue'

import { mayHaveSession } from '@/api'
import { firstLanguage } from '@/composables/useLanguage'
import { messagesReady } from '@/lib/messages'
import { ProblemError } from '@/lib/problem'
import { begunByServer, hurry, partsTaken, pause, settle, takeDocumentData } from '@/lib/settled'

import App from './App.vue'
import { equip } from './create'
import { guard } from './guards'
import { createI18n } from './i18n'
import { startOfflineLater } from './offline'
import { createQueryClient } from './query-client'
import { createRouter } from './router'

/** The answers that the page was made from count as fresh: what it shows needs no second request. */
function takeAnswers(queryClient: QueryClient): void {
  const queries = takeDocumentData()?.queries as DehydratedState | undefined
  for (const { state, queryKey } of queries?.queries ?? []) {
    state.dataUpdatedAt = Date.now()
    if (!state.error) continue
    state.error = new ProblemError((state.error as ProblemError).status)
    queryClient.setQueryDefaults(queryKey, { retryOnMount: false })
  }
  if (queries) hydrate(queryClient, queries)
}

async function begin(): Promise<void> {
  const i18n = createI18n(firstLanguage())
  const router = createRouter()
  const queryClient = createQueryClient()
  guard(router)
  takeAnswers(queryClient)
  const app = equip((begunByServer ? createSSRApp : createApp)(App), { router, queryClient, i18n })
  // Where a page stands already, it is taken over whole, or not yet.
  await Promise.all([messagesReady(), begunByServer && router.isReady()])
  await pause()
  // What members see differs: a part that is changed before it is taken over goes away for a while.
  if (mayHaveSession()) hurry()
  app.mount('#app')
  if (begunByServer) {
    await pause() // until the parts have asked for their programs
    await partsTaken()
  }
  settle()
  startOfflineLater(queryClient, router)
}

void begin()
