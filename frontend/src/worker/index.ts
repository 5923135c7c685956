import { dropOldApps, forgetReading, installApp } from './caches'
import { answerDocument, fetchDocument, wasShownKept } from './documents'
import { files, version } from './globals'
import { isMessage, within, type Answer, type Message } from './messages'
import { answerFile, answerPart, answerPicture, fetchParts, fetchPictures } from './resources'
import { isPage, routeOf } from './routes'

declare const self: ServiceWorkerGlobalScope

const answers = {
  document: answerDocument,
  part: answerPart,
  file: answerFile,
  picture: answerPicture,
}

// A new version waits until nobody shows the old one, or until somebody asks for it (`take-over`).
self.addEventListener('install', (event) => event.waitUntil(installApp()))

self.addEventListener('activate', (event) => event.waitUntil(takeOver()))

self.addEventListener('fetch', (event) => {
  const route = routeOf(event.request, self.location.origin, files)
  if (route) event.respondWith(answers[route](event))
})

self.addEventListener('message', (event) => {
  const message: unknown = event.data
  if (!isMessage(message) || event.origin !== self.location.origin) return
  event.waitUntil(heed(message, event))
})

/** Pages that an earlier version answered for: one that was still on its way did not hear that it was relieved. */
const older = new Set<string>()

async function takeOver(): Promise<void> {
  // Those that began without any worker come with `claim`.
  for (const { id } of await self.clients.matchAll()) older.add(id)
  await Promise.all([dropOldApps(), self.registration.navigationPreload?.enable(), self.clients.claim()])
}

async function heed(message: Message, { source, ports }: ExtendableMessageEvent): Promise<void> {
  if (message.type === 'take-over') return self.skipWaiting()
  if (message.type === 'forget') return forgetReading()
  if (message.type === 'keep') {
    const { document, files: wanted } = message
    await fetchParts(within('assets', wanted, self.location.origin))
    if (document && isOwnPage(document)) await fetchDocument(document).catch(() => undefined)
    return fetchPictures(within('media', wanted, self.location.origin))
  }
  const id = source instanceof Client ? source.id : ''
  ports[0]?.postMessage({ wasKept: wasShownKept(id), isOlder: older.has(id), version } satisfies Answer)
}

function isOwnPage(address: string): boolean {
  const { origin, pathname } = new URL(address, self.location.origin)
  return origin === self.location.origin && isPage(pathname)
}
