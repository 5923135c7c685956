import type { ProblemError } from '@/lib/problem'
import { NetworkError, toProblemError } from '@/lib/problem'

/** What carries a request to the server; `fetch`, unless somebody wants to know how far an upload has come. */
export type Transport = (request: Request) => Promise<Response>

/** The part of a response that is read here; on the server another process gives the answers. */
export type Answer = Pick<Response, 'ok' | 'status' | 'text' | 'blob'> & {
  readonly headers: Pick<Headers, 'get'>
}

/** What the functions of the generated client ask for. */
interface Call {
  readonly url: string
  readonly path?: object
  readonly query?: object
  readonly body?: unknown
  readonly headers?: object
  readonly signal?: AbortSignal | null
  readonly parseAs?: string
  /** Makes the body what is sent; without it, it is written as JSON. */
  readonly bodySerializer?: (body: never) => unknown
  readonly fetch?: unknown
}

type Send = (address: string, init: RequestInit, through?: Transport) => Promise<Answer>
type Listener = (problem: ProblemError) => void

let send: Send = () => Promise.reject(new NetworkError('Nothing carries requests.'))
const listeners = new Set<Listener>()

/** Says how requests leave. */
export function sendBy(given: Send): void {
  send = given
}

/** Is called with every problem document that arrives. */
export function onProblem(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const given = (members: object = {}): [string, unknown][] =>
  Object.entries(members).filter(([, value]) => value !== undefined && value !== null)

function addressOf({ url, path, query }: Call): string {
  const filled = given(path).reduce(
    (address, [name, value]) => address.replace(`{${name}}`, encodeURIComponent(String(value))),
    url,
  )
  const parameters = given(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${name}=${encodeURIComponent(String(each))}`),
  )
  return parameters.length > 0 ? `${filled}?${parameters.join('&')}` : filled
}

function initOf(method: string, { body, bodySerializer, headers, signal }: Call): RequestInit {
  const named = given(headers).map(([name, value]) => [name, String(value)] as [string, string])
  if (body === undefined || body === null) {
    return { method, signal, headers: named.filter(([name]) => name !== 'Content-Type') }
  }
  const written = bodySerializer ? bodySerializer(body as never) : JSON.stringify(body)
  return { method, signal, headers: named, body: written as BodyInit }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function request(method: string, call: Call): Promise<never> {
  const answer = await send(addressOf(call), initOf(method, call), call.fetch as Transport | undefined)
  if (answer.ok && call.parseAs === 'blob') return (await answer.blob()) as never
  const text = await answer.text()
  if (answer.ok) return (text ? JSON.parse(text) : {}) as never
  const problem = toProblemError(read(text), answer)
  listeners.forEach((listener) => listener(problem))
  throw problem
}

const by = (method: string) => (call: Call) => request(method, call)

/** Stands in for the generated client's runtime, which can do much that this API has no need of. */
export const client = {
  get: by('GET'),
  post: by('POST'),
  put: by('PUT'),
  patch: by('PATCH'),
  delete: by('DELETE'),
}
