import type { QueryClient } from '@tanstack/vue-query'
import type { Router } from 'vue-router'

import { onSessionChange } from '@/api'
import { withMessages } from '@/lib/messages'
import { isOffline } from '@/lib/online'
import { storage } from '@/lib/storage'

import { openAnewWhereOutdated } from '../outdated'
import { fetchAhead } from './ahead'
import { startKeeping } from './keeper'
import { setOffline } from './line'
import { startWorker } from './updates'
import { ask } from './worker'

/** Set while a comment that was written without a line may be waiting (`features/comments/outbox`). */
const outboxHint = 'byline.outbox'
/** In milliseconds: what is fetched ahead comes after all that is asked for now. */
const leisure = 3_000

/** What makes the publication readable without a line. It comes when the page stands, and nothing waits for it. */
export function startOffline(client: QueryClient, router: Router): void {
  watchLine()
  openAnewWhereOutdated(router)
  startKeeping(client)
  const ahead = (): void => void setTimeout(() => void fetchAhead(client).catch(() => undefined), leisure)
  onSessionChange((signedIn) => signedIn && ahead())
  window.addEventListener('online', ahead)
  ahead()
  // What is shown may be what is kept, though the line was only slow.
  void ask().then((answer) => (answer?.wasKept ? client.invalidateQueries() : undefined))
  if (storage.read(outboxHint)) {
    void import('@/features/comments/outbox-sending').then(
      ({ startSending }) => startSending(client),
      () => undefined,
    )
  }
  if (import.meta.env.PROD) void startWorker().catch(() => undefined)
}

/** Follows what the browser says of the line; the bar that tells of it is fetched while there is one. */
function watchLine(): void {
  const look = (): void => setOffline(isOffline())
  look()
  window.addEventListener('online', look)
  window.addEventListener('offline', look)
  void withMessages(() => import('../layout/OfflineBar.vue')).catch(() => undefined)
}
