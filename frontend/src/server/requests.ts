import { sendBy, type Answer } from '@/api'
import { NetworkError } from '@/lib/problem'

/** What a render waits for: GET requests to the API, answered by whoever drives it. */
export class Requests {
  private count = 0
  private readonly open = new Map<
    number,
    { readonly path: string; readonly resolve: (answer: Answer) => void }
  >()

  /** From now on the API's client asks here. */
  listen(): void {
    sendBy((path, { method }) => {
      if (method !== 'GET' || !path.startsWith('/api/v1/')) return Promise.reject(new NetworkError(path))
      return new Promise((resolve) => this.open.set(++this.count, { path, resolve }))
    })
  }

  waiting(): { n: number; path: string }[] {
    return [...this.open].map(([n, { path }]) => ({ n, path }))
  }

  answer(n: number, status: number, body: string): void {
    this.open.get(n)?.resolve({
      ok: status >= 200 && status < 300,
      status,
      headers: { get: () => null },
      text: () => Promise.resolve(body),
      blob: () => Promise.reject(new NetworkError('No files here.')),
    })
    this.open.delete(n)
  }
}
