import { isOffline } from '@/lib/online'

import { offerUpdate, setTakesOver } from './line'
import { ask, handOver } from './worker'

const address = '/sw.js'
/** In milliseconds: whoever leaves a page open for days learns of a new version too. */
const lookEvery = 60 * 60_000

/** Something is being typed, sent, or else would be lost: whoever guards a text says so when the page is to go. */
export function mayReload(): boolean {
  const leaving = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(leaving)
  if (leaving.defaultPrevented) return false
  const fields = document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(
    'textarea, input:not([type=checkbox], [type=radio], [type=hidden], [type=search])',
  )
  return [...fields].every(({ value, defaultValue }) => value === defaultValue)
}

/**
 * Lets the service worker answer for this page from now on. A newer version of the program waits until it is asked for;
 * then each tab that has nothing to lose begins anew with it. The others go on with what they have.
 *
 * Browsers let the old one finish what it does first. Chromium stops it then, but where something is asked of it in that
 * very moment it is started again, and is relieved only after half a minute in which nobody asked it anything, or after
 * five minutes. To ask once more changes nothing of that; so one is told that the wish was received.
 */
export async function startWorker(reload: () => void = () => window.location.reload()): Promise<void> {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker
  if (!container) return
  let isControlled = container.controller !== null
  let asked = false

  const offer = (waiting: ServiceWorker): void =>
    offerUpdate(() => {
      asked = true
      // It may take a while: whoever has gone on to write by then is asked again.
      window.addEventListener('input', () => (asked = false), { once: true })
      setTakesOver()
      waiting.postMessage({ type: 'take-over' })
    })

  const beginAnew = (): void => {
    // Asked for elsewhere: a tab in which something is being written stays as it is, and says what is new.
    if (asked || (document.visibilityState === 'hidden' && mayReload())) reload()
    else offerUpdate(reload)
  }

  container.addEventListener('controllerchange', () => {
    if (isControlled) return beginAnew()
    isControlled = true
    handOver()
  })
  // It may have been asked for elsewhere before this page could listen.
  void ask().then((answer) => answer?.isOlder && beginAnew())

  const registration = await container.register(address, { scope: '/' })
  const watch = (worker: ServiceWorker | null): void => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && container.controller) offer(worker)
    })
  }
  if (registration.waiting && container.controller) offer(registration.waiting)
  watch(registration.installing)
  registration.addEventListener('updatefound', () => watch(registration.installing))
  const look = (): void => {
    if (!isOffline()) void registration.update().catch(() => undefined)
  }
  setInterval(look, lookEvery)
}
