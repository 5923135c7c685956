import { NetworkError, toProblemError } from '@/lib/problem'

import { client } from './generated/client.gen'
import { refreshToken } from './generated/sdk.gen'
import { currentToken, mayHaveSession, replaceToken } from './session'

/** The ways in, which nobody needs a token for. What guards an account lies under the same address and does. */
const waysIn =
  /^\/api\/v1\/auth\/(register|token|sign-out|code|email\/verify|password\/reset|second-factor|passkey)(\/|$)/
const renew = () => refreshToken({ body: {} })

const isRead = (request: Request): boolean => request.method === 'GET' || request.method === 'HEAD'

/** What carries a request to the server; `fetch`, unless somebody wants to know how far an upload has come. */
export type Transport = (request: Request) => Promise<Response>

async function send(transport: Transport, request: Request, token?: string): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
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

client.setConfig({ baseUrl: window.location.origin, fetch: authorized((request) => fetch(request)) })

const needed = new Set<() => void>()

/** Is called when the server opens nothing to an account, because its role needs a second factor. */
export function onSecondFactorNeeded(listener: () => void): () => void {
  needed.add(listener)
  return () => needed.delete(listener)
}

// Every answer outside 2xx leaves as a ProblemError; what fetch itself threw passes as it is.
client.interceptors.error.use((error, response: Response | undefined) => {
  if (!response) return error
  const problem = toProblemError(error, response)
  if (problem.code === 'second_factor_needed') needed.forEach((listener) => listener())
  return problem
})
