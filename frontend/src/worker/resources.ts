import { fileOf, keep, partsName, picturesName } from './caches'
import { folderOf } from './routes'

/** Larger pictures are shown, but not kept; in bytes. */
const largest = 3_000_000

/** A part of the program: its name is its content, so that one that is kept is always right. */
export async function answerPart(event: FetchEvent): Promise<Response> {
  const known = await fileOf(event.request)
  if (known) return known
  const answer = await fetch(event.request)
  if (answer.ok) event.waitUntil(keep(partsName, event.request.url, answer.clone()))
  return answer
}

/** A file of this version under a name that stays. */
export const answerFile = async ({ request }: FetchEvent): Promise<Response> =>
  (await fileOf(request)) ?? fetch(request)

export async function answerPicture(event: FetchEvent): Promise<Response> {
  const { url } = event.request
  const cache = await caches.open(picturesName)
  const known = await cache.match(url)
  if (known) return known
  try {
    const answer = await fetch(event.request)
    if (mayKeep(answer)) event.waitUntil(keep(picturesName, url, answer.clone()))
    return answer
  } catch (error) {
    const other = await anotherSize(cache, url)
    if (other) return other
    throw error
  }
}

const mayKeep = (answer: Response): boolean =>
  answer.status === 200 &&
  answer.type === 'basic' &&
  Number(answer.headers.get('Content-Length') ?? 0) <= largest

/** Without a line the same picture in another size is better than none. */
async function anotherSize(cache: Cache, address: string): Promise<Response | undefined> {
  const folder = folderOf(address)
  const key = (await cache.keys()).find(({ url }) => folderOf(url) === folder)
  return key && cache.match(key)
}

/** Fetches pictures ahead. One that can't be had is no loss. */
export async function fetchPictures(addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(picturesName)
  for (const address of addresses) {
    if (await cache.match(address)) continue
    const answer = await fetch(address).catch(() => undefined)
    if (answer && mayKeep(answer)) await keep(picturesName, address, answer)
  }
}

/** Keeps parts of the program that are not at hand; the browser still has those that it has used. */
export async function fetchParts(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    if (await fileOf(address)) continue
    const answer = await fetch(address).catch(() => undefined)
    if (answer?.ok) await keep(partsName, address, answer)
  }
}
