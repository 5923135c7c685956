import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A stand-in for the site that can have another version of the program from one moment to the next. */
export class Upgrading {
  private readonly server: Server
  private readonly site: URL
  private names: readonly [string, string] | undefined

  constructor(site: string) {
    this.site = new URL(site)
    this.server = createServer((asked, answer) => {
      const { hostname, port, host } = this.site
      const headers = this.headersOf(asked.headers)
      const options = { hostname, port, path: asked.url, method: asked.method, headers: { ...headers, host } }
      const passed = request(options, (given) => {
        if (asked.url !== '/sw.js' || !this.names) {
          answer.writeHead(given.statusCode ?? 502, given.headers)
          given.pipe(answer)
          return
        }
        const parts: Buffer[] = []
        given.on('data', (part: Buffer) => parts.push(part))
        given.on('end', () => {
          answer.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' })
          answer.end(this.renamed(Buffer.concat(parts).toString()))
        })
      })
      passed.on('error', () => answer.destroy())
      asked.pipe(passed)
    })
  }

  /** Begins to answer; gives the address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://${this.site.hostname}:${(this.server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** From now on the program is another one, by its name; answers the name. */
  upgrade(from: string): string {
    const to = `${from.slice(0, -4)}next`
    this.names = [from, to]
    return to
  }

  private renamed(text: string): string {
    return this.names ? text.replaceAll(...this.names) : text
  }

  /** As if they had come to the site itself, and nobody had anything of it yet; what is packed cannot be renamed. */
  private headersOf(headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const { origin, referer } = headers
    const isLeft = ([name, value]: [string, unknown]): boolean =>
      /^(origin|referer|if-modified-since)$/.test(name) || (name === 'if-none-match' && value !== '*')
    return {
      ...Object.fromEntries(Object.entries(headers).filter((header) => !isLeft(header))),
      ...(origin && { origin: this.site.origin }),
      ...(referer && { referer: new URL(new URL(referer).pathname, this.site).href }),
      'accept-encoding': 'identity',
    }
  }
}
