import type { QueryClient } from '@tanstack/vue-query'
import type { Router } from 'vue-router'

/** In milliseconds, where a browser doesn't say when it is idle. */
const soon = 1_500

/** Fetches and starts what works without a line, once the page has all it began with. */
export function startOfflineLater(client: QueryClient, router: Router): void {
  const start = (): void =>
    void import('./start').then(({ startOffline }) => startOffline(client, router)).catch(() => undefined)
  const whenIdle = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: 4 * soon })
    else setTimeout(start, soon)
  }
  if (document.readyState === 'complete') whenIdle()
  else window.addEventListener('load', whenIdle, { once: true })
}
