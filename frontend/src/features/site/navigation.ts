import type { Page, Site } from '@/api'

/** A place that the header and the footer lead to. */
export interface Entry {
  readonly label: string
  /** A path on this site, or a whole address. */
  readonly url: string
}

type Named = Pick<Page, 'slug' | 'title'> & Partial<Pick<Page, 'in_navigation'>>

/** An address of this site as a path, so that following it loads nothing anew. */
export const pathOn = (site: Pick<Site, 'url'>, url: string): string => {
  const origin = site.url.replace(/\/$/, '')
  return url === origin ? '/' : url.startsWith(`${origin}/`) ? url.slice(origin.length) : url
}

/** The path however it is spelled. */
function plain(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}

const pageEntry = ({ slug, title }: Named): Entry => ({
  label: title,
  url: `/pages/${encodeURIComponent(slug)}`,
})

/** What the publication put into its navigation; where it chose nothing, its pages and the archive. */
export function mainEntries(site: Site | undefined, pages: readonly Named[], archive: string): Entry[] {
  if (site && site.navigation.length > 0)
    return site.navigation.map(({ label, url }) => ({ label, url: pathOn(site, url) }))
  return [...pages.filter((page) => page.in_navigation).map(pageEntry), { label: archive, url: '/archive' }]
}

/** The same and whatever else there is, each place once. */
export function allEntries(site: Site | undefined, pages: readonly Named[], archive: string): Entry[] {
  const main = mainEntries(site, pages, archive)
  const known = new Set(main.map(({ url }) => plain(url)))
  const rest = [...pages.map(pageEntry), { label: archive, url: '/archive' }]
  return [...main, ...rest.filter(({ url }) => !known.has(plain(url)))]
}
