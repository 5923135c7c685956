/** One bad field or parameter of a problem document. `pointer` is a JSON pointer such as "/title". */
export interface ProblemField {
  readonly detail: string
  readonly code: string
  readonly pointer?: string
  readonly parameter?: string
}

interface ProblemInit {
  readonly title?: string
  readonly detail?: string
  readonly code?: string
  readonly requestId?: string
  readonly errors?: readonly ProblemField[]
  readonly currentVersion?: number
  readonly retryAfter?: number
}

/** An answer outside 2xx, as RFC 9457 describes it. `retryAfter` is in seconds. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly title: string
  readonly detail: string
  readonly code: string
  readonly requestId: string | undefined
  readonly errors: readonly ProblemField[]
  readonly currentVersion: number | undefined
  readonly retryAfter: number | undefined

  constructor(
    readonly status: number,
    init: ProblemInit = {},
  ) {
    const title = init.title ?? `HTTP ${status}`
    super(init.detail ? `${title}: ${init.detail}` : title)
    this.title = title
    this.detail = init.detail ?? ''
    this.code = init.code ?? 'unknown'
    this.requestId = init.requestId
    this.errors = init.errors ?? []
    this.currentVersion = init.currentVersion
    this.retryAfter = init.retryAfter
  }
}

/** No answer at all: offline, a dropped connection, a server that isn't there. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

function toField(value: unknown): ProblemField | undefined {
  if (!isRecord(value)) return undefined
  const pointer = text(value.pointer)
  const parameter = text(value.parameter)
  return {
    detail: text(value.detail) ?? '',
    code: text(value.code) ?? 'invalid',
    ...(pointer === undefined ? {} : { pointer }),
    ...(parameter === undefined ? {} : { parameter }),
  }
}

/** Reads whatever the server, or a proxy before it, answered with; never throws. */
export function toProblemError(
  body: unknown,
  response: Pick<Response, 'status'> & { readonly headers: Pick<Headers, 'get'> },
): ProblemError {
  const problem = isRecord(body) ? body : {}
  const fields = Array.isArray(problem.errors) ? problem.errors : []
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  return new ProblemError(response.status, {
    title: text(problem.title),
    detail: text(problem.detail),
    code: text(problem.code),
    requestId: text(problem.request_id) ?? response.headers.get('X-Request-ID') ?? undefined,
    errors: fields.map(toField).filter((field) => field !== undefined),
    currentVersion: number(problem.current_version),
    retryAfter: Number.isNaN(seconds) ? undefined : seconds,
  })
}

export const isNotFound = (error: unknown): boolean => error instanceof ProblemError && error.status === 404
/** There was something, and it was taken away for good. */
export const isGone = (error: unknown): boolean => error instanceof ProblemError && error.status === 410
export const isStale = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.status === 412
/** The server said nothing of its own: there is no line to it, or it isn't there itself. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof ProblemError && [502, 503, 504].includes(error.status))
