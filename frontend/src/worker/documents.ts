import { documentsName, fileOf, keep, shellPage } from './caches'
import { documentKey, isBare } from './routes'

/** In milliseconds: for so long the line may take before what is kept is shown instead. */
const patience = 4_000

/** Pages that were shown from what is kept, by their client: they ask for what is new when they have begun. */
const shownKept = new Set<string>()
export const wasShownKept = (client: string): boolean => shownKept.has(client)

const isDocument = (answer: Response): boolean =>
  answer.ok &&
  answer.type === 'basic' &&
  /^text\/html/.test(answer.headers.get('Content-Type') ?? '') &&
  /\bpublic\b/.test(answer.headers.get('Cache-Control') ?? '')

const isDown = (answer: Response): boolean => [502, 503, 504].includes(answer.status)

async function keepDocument(address: string, answer: Response): Promise<void> {
  const key = documentKey(address)
  if (isDocument(answer)) await keep(documentsName, key, answer)
  else if (answer.status === 404 || answer.status === 410)
    await (await caches.open(documentsName)).delete(key)
}

/** A document as it came, if all that it begins with is kept too: one of an earlier version may have lost it. */
async function keptDocument(address: string): Promise<Response | undefined> {
  const found = await (await caches.open(documentsName)).match(documentKey(address))
  if (!found) return undefined
  const [head = ''] = (await found.clone().text()).split('<body', 1)
  const parts = [...head.matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)]
  const there = await Promise.all(parts.map(([, path]) => fileOf(path ?? '')))
  return there.every(Boolean) ? found : undefined
}

/** What can be shown of an address without the line. */
async function without(address: string): Promise<Response | undefined> {
  return (await keptDocument(address)) ?? shellPage()
}

const after = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds))

/** The document of the line, unless it fails or takes too long and there is one that is kept. */
export async function answerDocument(event: FetchEvent): Promise<Response> {
  const { url } = event.request
  const arriving = fromLine(event)
  event.waitUntil(arriving.then(({ kept }) => kept).catch(() => undefined))
  const settled = arriving.then(
    ({ answer }) => (isDown(answer) ? 'down' : answer),
    () => 'down' as const,
  )
  const first = await Promise.race([settled, after(patience)])
  if (first instanceof Response) return first
  // A line that is only slow is waited for where nothing is kept: no page says "offline" that isn't.
  const isSlow = first === undefined && !isBare(new URL(url).pathname)
  const instead = isSlow ? await keptDocument(url) : await without(url)
  if (instead) return shown(event, instead)
  const last = await settled
  if (last instanceof Response) return last
  const bare = await without(url)
  return bare ? shown(event, bare) : (await arriving).answer
}

function shown(event: FetchEvent, kept: Response): Response {
  shownKept.add(event.resultingClientId)
  return kept
}

async function fromLine(event: FetchEvent): Promise<{ answer: Response; kept: Promise<void> }> {
  const preloaded = (await event.preloadResponse) as Response | undefined
  const answer = preloaded ?? (await fetch(event.request))
  return { answer, kept: keepDocument(event.request.url, answer.clone()) }
}

/** Keeps the document of a page that was opened before there was a worker. */
export async function fetchDocument(address: string): Promise<void> {
  const answer = await fetch(address, { credentials: 'omit', headers: { Accept: 'text/html' } })
  if (!answer.redirected) await keepDocument(address, answer)
}
