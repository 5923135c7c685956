import type { Router } from 'vue-router'

import { isOffline } from '@/lib/online'

/** What browsers say when a part of the program can't be fetched; the last one is Vite's, of styles. */
const missingPart =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS|Failed to fetch module/i
const triedKey = 'byline.tried'
/** In milliseconds: a page that can't be had anew either is not asked for again and again. */
const pause = 20_000

const isMissingPart = (error: unknown): boolean => error instanceof Error && missingPart.test(error.message)

function mayTry(address: string): boolean {
  try {
    const [path, at] = (sessionStorage.getItem(triedKey) ?? '').split(' ')
    if (path === address && Date.now() - Number(at) < pause) return false
    sessionStorage.setItem(triedKey, `${address} ${Date.now()}`)
    return true
  } catch {
    return false
  }
}

/**
 * A tab may be older than the server: the page that one goes to is then made of parts which aren't there any more. It is
 * opened as a document, with the program of today. One leaves the page anyway; what was typed is kept as it always is.
 */
export function openAnewWhereOutdated(
  router: Router,
  open: (address: string) => void = (address) => window.location.assign(address),
): void {
  router.onError((error: unknown, to) => {
    if (isMissingPart(error) && !isOffline() && mayTry(to.fullPath)) open(to.fullPath)
  })
}
