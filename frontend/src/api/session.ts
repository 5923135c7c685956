import { ProblemError } from '@/lib/problem'
import { storage } from '@/lib/storage'

/** Says only that a session may exist, so that anonymous readers cause no request that fails. No secret. */
const hintKey = 'byline.session'
const lockName = 'byline.token-refresh'
/** Renew this long before the end, in milliseconds, so that a request in flight doesn't expire on its way. */
const margin = 15_000
/** How long to wait for another tab's renewal, in milliseconds. */
const longestWait = 4_000

interface AccessToken {
  readonly access: string
  readonly expires_in: number
}
type Renewal = () => Promise<AccessToken>
type Listener = (signedIn: boolean) => void

let token: { readonly access: string; readonly expiresAt: number } | undefined
let renewing: Promise<string | undefined> | undefined
let leaving: Promise<void> | undefined
const listeners = new Set<Listener>()

const announce = (signedIn: boolean): void => listeners.forEach((listener) => listener(signedIn))

/** Is called with every change between signed in and signed out, from this tab or another. */
export function onSessionChange(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const mayHaveSession = (): boolean => storage.read(hintKey) !== null

export function beginSession(answer: AccessToken): void {
  token = { access: answer.access, expiresAt: Date.now() + answer.expires_in * 1000 }
  storage.write(hintKey, '1')
  announce(true)
}

export function endSession(): void {
  token = undefined
  storage.write(hintKey, null)
  announce(false)
}

/** Ends the session once `end` has, on the server. What is asked meanwhile waits: it would be refused on its way. */
export async function leaveSession(end: () => Promise<unknown>): Promise<void> {
  const ending = end().then(endSession)
  leaving = ending.catch(() => undefined)
  await ending
}

async function exchange(renew: Renewal): Promise<string | undefined> {
  try {
    const answer = await renew()
    token = { access: answer.access, expiresAt: Date.now() + answer.expires_in * 1000 }
    return answer.access
  } catch (error) {
    // Only the server's word ends a session: a lost connection must not sign anybody out.
    if (error instanceof ProblemError && (error.status === 401 || error.status === 403)) endSession()
    else throw error
    return undefined
  }
}

/** One renewal at a time in this tab; other tabs may renew at the same time and receive the same cookie. */
function renewOnce(renew: Renewal): Promise<string | undefined> {
  renewing ??= inTurn(() => (mayHaveSession() ? exchange(renew) : Promise.resolve(undefined))).finally(() => {
    renewing = undefined
  })
  return renewing
}

/**
 * Lets a tab that is at it finish, so that the cookies of two renewals never arrive in the wrong order; but waits for
 * none that hangs. Without HTTPS a browser has no locks to give.
 */
async function inTurn(step: () => Promise<string | undefined>): Promise<string | undefined> {
  const locks: LockManager | null | undefined = navigator.locks
  if (!locks) return step()
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), longestWait)
  try {
    return await locks.request(lockName, { signal: patience.signal }, () => {
      clearTimeout(timer)
      return step()
    })
  } catch (error) {
    if (patience.signal.aborted && error === patience.signal.reason) return step()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The access token to send, renewed when it is about to end; undefined for an anonymous reader. */
export async function currentToken(renew: Renewal): Promise<string | undefined> {
  await leaving
  if (token && token.expiresAt - margin > Date.now()) return token.access
  return mayHaveSession() ? renewOnce(renew) : undefined
}

/** After a 401 to `refused`: another token, or undefined when the session is over. */
export function replaceToken(refused: string | undefined, renew: Renewal): Promise<string | undefined> {
  if (token && token.access !== refused) return Promise.resolve(token.access)
  token = undefined
  return mayHaveSession() ? renewOnce(renew) : Promise.resolve(undefined)
}

/** Follows what other tabs do. */
export function watchOtherTabs(): () => void {
  const onStorage = (event: StorageEvent): void => {
    if (event.key !== hintKey) return
    token = undefined
    announce(event.newValue !== null)
  }
  window.addEventListener('storage', onStorage)
  return () => window.removeEventListener('storage', onStorage)
}
