import type { LocationQueryValue, RouteLocationRaw } from 'vue-router'

const screens = ['/sign-in', '/sign-up', '/forgot']

/** Where to go after signing in: an address of this publication, never one that leads elsewhere. */
export function safeNext(given: LocationQueryValue | LocationQueryValue[] | undefined): string {
  const next = Array.isArray(given) ? given[0] : given
  // A browser reads "//host" and "/\host" as another host, and drops tabs and line breaks before it looks.
  if (!next || !/^\/(?![/\\])[^\\\s]*$/.test(next)) return '/'
  const url = new URL(next, window.location.origin)
  // Dots are taken out by now: "/a/..//host" has become "//host".
  const leaves = url.origin !== window.location.origin || url.pathname.startsWith('//')
  if (leaves || screens.includes(url.pathname)) return '/'
  return url.pathname + url.search + url.hash
}

/** A page on the way in, which leads back to where one is. */
export function signInLink(
  here: { fullPath: string; path: string; query: Record<string, LocationQueryValue | LocationQueryValue[]> },
  name: 'sign-in' | 'sign-up' | 'forgot' = 'sign-in',
): RouteLocationRaw {
  const next = screens.includes(here.path) ? safeNext(here.query.next) : here.fullPath
  return next === '/' ? { name } : { name, query: { next } }
}
