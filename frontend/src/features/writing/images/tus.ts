import { authorized } from '@/api'
import { NetworkError, ProblemError, toProblemError } from '@/lib/problem'

import { isImage, type Image } from './image'

/**
 * A client of tus 1.0 (https://tus.io/protocols/resumable-upload), as far as our server speaks it: a file goes in
 * parts, and after a lost connection the server is asked how much of it has arrived.
 */
const uploads = '/api/v1/images/uploads'
/** In bytes; the server takes no larger part. */
const partSize = 512 * 1024
/** In milliseconds. */
const [firstPause, longestPause, longestPart] = [1000, 15_000, 120_000]
/** How often a server that is there, but in trouble, is asked again. */
const patience = 6

interface Course {
  /** How much of the file has arrived, 0 to 1. */
  readonly onProgress: (share: number) => void
  /** The connection is lost, or is there again. */
  readonly onWaiting: (waiting: boolean) => void
  readonly signal: AbortSignal
}

const send = authorized((request) => fetch(request))
const headers = { 'Tus-Resumable': '1.0.0', Accept: 'application/json' }
const inBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

async function call(address: string, init: RequestInit & { headers: HeadersInit }): Promise<Response> {
  const url = new URL(address, window.location.origin)
  const response = await send(url, init)
  if (response.ok) return response
  throw toProblemError(await response.json().catch(() => null), response)
}

const statusOf = (error: unknown): number => (error instanceof ProblemError ? error.status : 0)
/** No answer, an answer that took too long, a server in trouble, somebody else at it, a part that came twice. */
const mayPass = (error: unknown): boolean =>
  error instanceof NetworkError ||
  (error instanceof DOMException && error.name === 'TimeoutError') ||
  [409, 423, 429].includes(statusOf(error)) ||
  statusOf(error) >= 500

/** A while, which ends when the connection comes back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      window.clearTimeout(timer)
      window.removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = window.setTimeout(end, milliseconds)
    window.addEventListener('online', end)
    signal.addEventListener('abort', end)
  })
}

/** One file on its way. `run` may be called again after it has failed, and goes on where it was. */
export class ResumableUpload {
  private address: string | null = null

  constructor(private readonly file: File) {}

  async run(course: Course): Promise<Image> {
    let offset: number | null = null
    for (let failures = 0; ;) {
      try {
        offset ??= await this.arrived(course.signal)
        course.onProgress(offset / this.file.size)
        const response: Response = await this.sendPart(offset, course.signal)
        offset = Number(response.headers.get('Upload-Offset'))
        failures = 0
        course.onWaiting(false)
        const answer: unknown = await response.json().catch(() => null)
        if (isImage(answer)) return answer
        if (offset >= this.file.size)
          throw new Error('The server has all of it, and answers with no picture.')
      } catch (error) {
        if (course.signal.aborted) throw error
        const gone = this.address !== null && [404, 410].includes(statusOf(error))
        failures += 1
        if (!(gone || mayPass(error)) || (statusOf(error) > 0 && failures > patience)) throw error
        if (gone) this.address = null
        offset = null
        course.onWaiting(true)
        const asked = error instanceof ProblemError && error.retryAfter ? error.retryAfter * 1000 : 0
        await pause(Math.max(asked, Math.min(firstPause * 2 ** (failures - 1), longestPause)), course.signal)
        course.signal.throwIfAborted()
      }
    }
  }

  /** Tells the server that nothing more will come; whether it hears it does not matter, as it forgets by itself. */
  async discard(): Promise<void> {
    if (this.address) await call(this.address, { method: 'DELETE', headers }).catch(() => undefined)
  }

  /** How much the server has, in bytes; begins the upload where it knows of none. */
  private async arrived(signal: AbortSignal): Promise<number> {
    if (this.address) {
      const response = await call(this.address, { method: 'HEAD', headers, signal })
      return Number(response.headers.get('Upload-Offset'))
    }
    const length = {
      'Upload-Length': String(this.file.size),
      'Upload-Metadata': `filename ${inBase64(this.file.name)}`,
    }
    const response = await call(uploads, { method: 'POST', headers: { ...headers, ...length }, signal })
    this.address = response.headers.get('Location')
    return 0
  }

  private sendPart(offset: number, signal: AbortSignal): Promise<Response> {
    return call(this.address ?? '', {
      method: 'PATCH',
      headers: {
        ...headers,
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': String(offset),
      },
      body: this.file.slice(offset, offset + partSize),
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestPart)]),
    })
  }
}
