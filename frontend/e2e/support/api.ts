import { randomUUID } from 'node:crypto'

import { expect, type APIRequestContext, type APIResponse } from '@playwright/test'

import { codeFor } from './mail'

/** A role that the stack has a known account for. */
export type Role = 'reader' | 'author' | 'editor' | 'moderator' | 'admin'

export interface Account {
  readonly username: string
  readonly password: string
}

export interface NewPost {
  readonly title: string
  readonly body: string
  readonly slug?: string
  readonly tags?: readonly string[]
  readonly series?: string
  readonly featured?: boolean
  readonly comment_policy?: 'open' | 'closed'
}

export interface Post {
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly body: string
  readonly body_html: string
  readonly version: number
  readonly published_at: string | null
}

export interface Comment {
  readonly id: number
  readonly body: string
}

/** Letters that no other test, and no other run on the same stack, has used. */
export const unique = (): string => randomUUID().replaceAll('-', '').slice(0, 10)

/**
 * The stack's account for a role; `keeper` is one more editor, for what changes the account itself, and `warden` one
 * more moderator, for what needs two.
 */
export function known(role: Role | 'keeper' | 'warden'): Account {
  const password = process.env.ACCOUNT_PASSWORD
  if (!password) throw new Error('ACCOUNT_PASSWORD is not set: run this through `make e2e`')
  return { username: process.env[role.toUpperCase()] ?? role, password }
}

/** The API in the name of one account, or of nobody: what a test needs to be there before it begins. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly token?: string,
  ) {}

  /** The same API, signed in. No cookie is set. */
  async as({ username, password }: Account): Promise<Api> {
    const answer = await this.send<{ access: string }>('POST', '/auth/token', {
      username,
      password,
      cookie: false,
    })
    return new Api(this.request, answer.access)
  }

  /** A new reader of its own for a test. */
  async register(): Promise<Account> {
    const name = `reader-${unique()}`
    const account = { username: name, password: `plum kettle ${name.slice(-6)} harbour` }
    const email = `${name}@example.org`
    const { challenge } = await this.send<{ challenge: string }>('POST', '/auth/register', {
      ...account,
      email,
    })
    await this.send('POST', '/auth/email/verify', { challenge, code: await codeFor(email), cookie: false })
    return account
  }

  /** A published post of its own for a test. */
  async publish(post: NewPost): Promise<Post> {
    return this.publishNow((await this.draft(post)).slug)
  }

  async publishNow(slug: string): Promise<Post> {
    return this.send<Post>('POST', `/posts/${slug}/publish`, undefined, await this.etag(slug))
  }

  async unpublish(slug: string): Promise<Post> {
    return this.send<Post>('POST', `/posts/${slug}/unpublish`, undefined, await this.etag(slug))
  }

  async trash(slug: string): Promise<void> {
    await this.send('DELETE', `/posts/${slug}`, undefined, await this.etag(slug))
  }

  draft(post: NewPost): Promise<Post> {
    return this.send<Post>('POST', '/posts', post)
  }

  async change(slug: string, values: Partial<NewPost>): Promise<Post> {
    return this.send<Post>('PATCH', `/posts/${slug}`, values, await this.etag(slug))
  }

  /** Asks the editors to look at a draft. */
  async submit(slug: string): Promise<Post> {
    return this.send<Post>('POST', `/posts/${slug}/submit`, {}, await this.etag(slug))
  }

  comment(slug: string, body: string, parent?: number): Promise<Comment> {
    return this.send<Comment>('POST', `/posts/${slug}/comments`, { body, ...(parent ? { parent } : {}) })
  }

  like(of: `/posts/${string}` | `/comments/${number}`): Promise<unknown> {
    return this.send('PUT', `${of}/like`)
  }

  /** Keeps a post on one's reading list. */
  keep(slug: string): Promise<unknown> {
    return this.send('PUT', `/posts/${slug}/bookmark`)
  }

  report(comment: number, reason: string, detail = ''): Promise<unknown> {
    return this.send('POST', '/reports', { comment, reason, detail })
  }

  /** Decides about a comment; answers the number of the decision. */
  async decide(comment: number, action: string, given: { reason?: string; note?: string }): Promise<number> {
    const { results } = await this.send<{ results: { number: number }[] }>('POST', '/moderation/decisions', {
      action,
      subject: { comment },
      ...given,
    })
    return results[0]?.number ?? 0
  }

  appeal(decision: number, text: string): Promise<unknown> {
    return this.send('POST', '/moderation/appeals', { decision, text })
  }

  /** A rule of moderation that is off, where there is none of the name. */
  async rule(name: string, words: readonly string[]): Promise<void> {
    const { results } = await this.send<{ results: { name: string }[] }>('GET', '/moderation/rules')
    if (results.some((rule) => rule.name === name)) return
    const settings = { words }
    await this.send('POST', '/moderation/rules', { name, kind: 'words', action: 'hold', settings })
  }

  post(slug: string): Promise<Post> {
    return this.send<Post>('GET', `/posts/${slug}`)
  }

  /** The text of each revision, the newest first. */
  async history(slug: string): Promise<string[]> {
    const path = `/posts/${slug}/revisions`
    const { results } = await this.send<{ results: { number: number }[] }>('GET', `${path}?limit=100`)
    const revisions = results.map(({ number }) => this.send<{ body: string }>('GET', `${path}/${number}`))
    return (await Promise.all(revisions)).map(({ body }) => body)
  }

  /** How many posts of one's own have this title. */
  async titled(title: string): Promise<number> {
    const { results } = await this.send<{ results: Post[] }>('GET', '/posts?mine=true&status=draft&limit=100')
    return results.filter((post) => post.title === title).length
  }

  async comments(slug: string): Promise<Comment[]> {
    const { results } = await this.send<{ results: Comment[] }>('GET', `/posts/${slug}/comments?limit=100`)
    return results
  }

  /** The titles of what is found by some words. */
  async found(words: string): Promise<string[]> {
    const path = `/search?q=${encodeURIComponent(words)}`
    const { results } = await this.send<{ results: { title_html: string }[] }>('GET', path)
    return results.map(({ title_html }) => title_html)
  }

  /** The status of a read, whatever it is. */
  async status(path: string): Promise<number> {
    return (await this.request.get(`/api/v1${path}`, { headers: this.headers() })).status()
  }

  /** The address of the account's own picture. */
  async avatar(): Promise<string> {
    return (await this.send<{ avatar_url: string }>('GET', '/me')).avatar_url
  }

  /** The address of the newest month that something was published in. */
  async newestMonth(): Promise<string> {
    const { results } = await this.send<{ results: { year: number; month: number }[] }>('GET', '/archive')
    const [newest] = results
    return `/archive/${newest?.year}/${newest?.month}`
  }

  private async etag(slug: string): Promise<string> {
    const answer = await this.request.get(`/api/v1/posts/${slug}`, { headers: this.headers() })
    return answer.headers()['etag'] ?? ''
  }

  private headers(): Record<string, string> {
    return this.token ? { Authorization: `Bearer ${this.token}` } : {}
  }

  private async send<T>(method: string, path: string, data?: unknown, etag?: string): Promise<T> {
    const answer: APIResponse = await this.request.fetch(`/api/v1${path}`, {
      method,
      headers: { ...this.headers(), ...(etag ? { 'If-Match': etag } : {}) },
      ...(data === undefined ? {} : { data }),
    })
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
    return (answer.status() === 204 ? undefined : await answer.json()) as T
  }
}
