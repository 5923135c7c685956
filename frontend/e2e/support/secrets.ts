import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { BrowserContext, Response } from '@playwright/test'

const named = /^(access|refresh|challenge|token|password|new_password|current_password|secret)$/
/** What answers hold the secrets of. */
const telling = ['/api/v1/auth/', '/me/tokens', '/preview-links']

/**
 * The credentials that go over the wire in a test, and every place where none of them may be: addresses, storage that
 * scripts can read, what the servers log.
 */
export class Secrets {
  private readonly found = new Set<string>()
  private readonly addresses: string[] = []
  private readonly contexts: BrowserContext[] = []
  private readonly reading: Promise<void>[] = []

  /** Collects what a context sends and receives. */
  listenTo(context: BrowserContext): void {
    this.contexts.push(context)
    context.on('request', (request) => {
      // What stands after the # is told to nobody.
      this.addresses.push(request.url().replace(/#.*/, ''))
      if (!request.url().includes('/api/v1/')) return
      try {
        this.keep(request.postDataJSON())
      } catch {
        // no JSON: an upload
      }
    })
    context.on('response', (response) => {
      if (telling.some((path) => response.url().includes(path))) this.reading.push(this.read(response))
    })
  }

  /** Where a credential was found that does not belong there. */
  async misplaced(): Promise<string[]> {
    await Promise.all(this.reading)
    const places = new Map<string, string>([['addresses', this.addresses.join('\n')]])
    for (const context of this.contexts) {
      for (const page of context.pages())
        places.set(`storage of ${page.url()}`, await storageOf(page).catch(() => ''))
    }
    for (const [name, text] of await logs()) places.set(name, text)
    return [...places].flatMap(([place, text]) =>
      [...this.found]
        .filter((secret) => text.includes(secret))
        .map((secret) => `${place}: ${secret.slice(0, 12)}…`),
    )
  }

  private async read(response: Response): Promise<void> {
    const cookie = /byline_refresh=([^;]{8,})/.exec(
      (await response.headerValue('set-cookie').catch(() => '')) ?? '',
    )
    if (cookie?.[1]) this.found.add(cookie[1])
    try {
      this.keep(await response.json())
    } catch {
      // empty, or the page is gone
    }
  }

  private keep(body: unknown): void {
    if (typeof body !== 'object' || body === null) return
    for (const [name, value] of Object.entries(body)) {
      if (typeof value !== 'string') continue
      const secret = name === 'url' ? (value.split('#')[1] ?? '') : named.test(name) ? value : ''
      if (secret.length >= 8) this.found.add(secret)
    }
  }
}

/** All that scripts of the page can read of what it keeps. */
function storageOf(page: ReturnType<BrowserContext['pages']>[number]): Promise<string> {
  return page.evaluate(async () => {
    const kept: unknown[] = [
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      location.href,
      history.state,
    ]
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error ?? new Error(name))
      })
      for (const store of database.objectStoreNames) {
        kept.push(
          await new Promise((resolve) => {
            const reading = database.transaction(store).objectStore(store).getAll()
            reading.onsuccess = () => resolve(reading.result)
            reading.onerror = () => resolve([])
          }),
        )
      }
      database.close()
    }
    return JSON.stringify(kept)
  })
}

async function logs(): Promise<[string, string][]> {
  const folder = process.env.LOG_DIR
  if (!folder) return []
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'))
  return Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as [string, string]),
  )
}
