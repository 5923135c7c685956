/** What the worker does about a request; undefined for what it leaves alone. */
export type Route = 'document' | 'part' | 'file' | 'picture'

const pageless =
  /^\/(api|admin|static|media|assets|sitemaps|dev|metrics|livez|readyz|oembed|webmention)(\/|$)/
/** A file at the root, or a feed of anything. */
const fileName = /^\/[^/]+\.[A-Za-z0-9]+$|\/feed\.(rss|atom|json)$/
const pictureName = /^\/media\/.+\.(avif|gif|jpe?g|png|svg|webp)$/

interface Asked {
  readonly method: string
  readonly mode: RequestMode
  readonly url: string
  readonly destination: string
}

/** Answers of the API are never the worker's: what is kept of those knows whose it is (`app/offline`). */
export function routeOf(
  { method, mode, url, destination }: Asked,
  origin: string,
  files: readonly string[],
): Route | undefined {
  const { origin: from, pathname } = new URL(url)
  if (method !== 'GET' || from !== origin) return undefined
  if (mode === 'navigate') return isPage(pathname) ? 'document' : undefined
  if (pathname.startsWith('/assets/')) return 'part'
  if (pictureName.test(pathname) && (destination === 'image' || destination === '')) return 'picture'
  return files.includes(pathname) ? 'file' : undefined
}

export const isPage = (path: string): boolean => !pageless.test(path) && !fileName.test(path)

/** Pages that hold nothing but the program: the server says the same of all of them. */
export const isBare = (path: string): boolean =>
  /^\/(reading-list|following|notifications|account|write|moderation|sign-in|sign-up|forgot)(\/|$)/.test(path)

/** Under which name a document is kept: without what only says where somebody came from. */
export function documentKey(address: string): string {
  const url = new URL(address)
  for (const name of [...url.searchParams.keys()])
    if (/^(utm_\w+|fbclid|gclid|ref)$/.test(name)) url.searchParams.delete(name)
  url.hash = ''
  return url.href
}

/** The folder of an uploaded image: in it are the same image's other sizes. */
export const folderOf = (address: string): string => address.slice(0, address.lastIndexOf('/') + 1)
