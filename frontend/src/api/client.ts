import { NetworkError } from '@/lib/problem'

import { refreshToken } from './generated/sdk.gen'
import { onProblem, sendBy, type Transport } from './http'
import { currentToken, mayHaveSession, replaceToken } from './session'

/** The ways in, which nobody needs a token for. What guards an account lies under the same address and does. */
const waysIn =
  /^\/api\/v1\/auth\/(register|token|sign-out|code|email\/verify|password\/reset|second-factor|passkey)(\/|$)/
const renew = () => refreshToken({ body: {} })

const isRead = (request: Request): boolean => request.method === 'GET' || request.method === 'HEAD'

async function send(transport: Transport, request: Request, token?: string): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
  // What goes wrong is said in the language of the page.
  const { lang } = document.documentElement
  if (lang) request.headers.set('Accept-Language', lang)
  try {
    return await transport(request)
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new NetworkError('The server could not be reached.', { cause: error })
  }
}

/**
 * Adds the access token, and answers a 401 once: with a renewed one, or, where the session ended while something was
 * being read, with none. What everybody may read is not lost because somebody signed out.
 */
export const authorized =
  (transport: Transport) =>
  async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    if (waysIn.test(new URL(request.url).pathname)) return send(transport, request)

    const again = request.clone()
    const token = await currentToken(renew)
    const response = await send(transport, request, token)
    if (response.status !== 401) return response
    const renewed = await replaceToken(token, renew)
    if (renewed) return send(transport, again, renewed)
    return token && isRead(request) && !mayHaveSession() ? send(transport, again) : response
  }

const direct = authorized((request) => fetch(request))

/** Requests go over the network, with the access token of whoever is signed in. */
export function useNetwork(): void {
  sendBy((address, init, through) =>
    (through ?? direct)(new Request(new URL(address, window.location.origin), init)),
  )
}
if (typeof window !== 'undefined') useNetwork()

/** Is called when the server opens nothing to an account, because its role needs a second factor. */
export const onSecondFactorNeeded = (listener: () => void): (() => void) =>
  onProblem(({ code }) => void (code === 'second_factor_needed' && listener()))
