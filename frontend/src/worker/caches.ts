import { files, shell, version } from './globals'

const appPrefix = 'byline-app-'
const appName = appPrefix + version
/** Parts of the program that came as they were needed, fonts, and parts of versions that some tab still shows. */
export const partsName = 'byline-parts'
export const documentsName = 'byline-documents'
export const picturesName = 'byline-pictures'

/** How many are kept of each; the one that was used longest ago goes first. */
const most: Readonly<Record<string, number>> = {
  [partsName]: 160,
  [documentsName]: 60,
  [picturesName]: 160,
}

const isHashed = (path: string): boolean => path.startsWith('/assets/')

/** Fetches the whole program, or fails as a whole. What an earlier version has under the same name is not fetched. */
export async function installApp(): Promise<void> {
  const app = await caches.open(appName)
  await Promise.all(
    [shell, ...files].map(async (path) => {
      const known = isHashed(path) ? await caches.match(path) : undefined
      if (known) return app.put(path, known)
      const answer = await fetch(path, { cache: isHashed(path) ? 'default' : 'no-cache' })
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      return app.put(path, answer)
    }),
  )
}

/**
 * Drops programs of earlier versions, save the last one: a tab that goes on showing it may still need a part. Cache
 * names come in the order in which they were made.
 */
export async function dropOldApps(): Promise<void> {
  const apps = (await caches.keys()).filter((name) => name.startsWith(appPrefix) && name !== appName)
  await Promise.all(apps.slice(0, -1).map((name) => caches.delete(name)))
}

export const shellPage = async (): Promise<Response | undefined> => (await caches.open(appName)).match(shell)

/** A file of this version first: one that isn't named by its content may be in an earlier one as well. */
export const fileOf = async (request: Request | string): Promise<Response | undefined> =>
  (await (await caches.open(appName)).match(request)) ?? caches.match(request)

/** Keeps an answer as the one that was used last. */
export async function keep(name: string, key: string, answer: Response): Promise<void> {
  const cache = await caches.open(name)
  await cache.delete(key)
  await cache.put(key, answer)
  const keys = await cache.keys()
  await Promise.all(keys.slice(0, -(most[name] ?? keys.length)).map((old) => cache.delete(old)))
}

/** What reveals what somebody read; the program itself does not. */
export async function forgetReading(): Promise<void> {
  await Promise.all([caches.delete(documentsName), caches.delete(picturesName)])
}
