import {
  createPost,
  cursorOf,
  getPost,
  getRevision,
  getWorkingCopy,
  idempotencyKey,
  ifMatch,
  listRevisions,
  saveWorkingCopy,
  updatePost,
  type Post,
  type WorkingCopy,
} from '@/api'
import { isNotFound } from '@/lib/problem'

import { changesBetween, contentDraft, emptyDraft, toDraft, type Draft } from './draft'
import type { Creation } from './journal'

/** What the server is known to have. */
export interface Known {
  /** None for a post that is only begun. */
  readonly post: Post | null
  /** Changes to a published post that its readers don't see yet. */
  readonly copy: WorkingCopy | null
  /** What the next save begins from: the working copy where there is one, else the post. */
  readonly base: Draft
  /** The version of the post whose changes are in `base`. */
  readonly seen: number
}

export function knownOf(post: Post | null, copy: WorkingCopy | null, language: string): Known {
  if (!post) return { post, copy: null, base: emptyDraft(language), seen: 0 }
  if (!copy) return { post, copy, base: toDraft(post), seen: post.version }
  return { post, copy, base: contentDraft(copy, post), seen: copy.base_version }
}

/** Whether readers see the post: half a sentence must not reach them, so its changes go to a working copy. */
export const isLive = (post: Post | null): boolean =>
  post !== null &&
  (post.status === 'published' ||
    (post.status === 'scheduled' && Date.parse(post.published_at ?? '') <= Date.now()))

/** The post to go on writing, with the changes that its readers don't see yet. */
export async function fetchKnown(slug: string, signal?: AbortSignal): Promise<Known & { post: Post }> {
  const post = await getPost({ path: { slug }, query: { include: 'permissions,workflow' }, signal })
  const copy = post.workflow?.working_copy
    ? await getWorkingCopy({ path: { slug: post.slug }, signal }).catch((error: unknown) => {
        // Published or discarded in between.
        if (isNotFound(error)) return null
        throw error
      })
    : null
  return { ...knownOf(post, copy, post.language), post }
}

/** Makes the post. The same creation sent twice makes one. */
export async function create({ key, body }: Creation): Promise<Known> {
  const post = await createPost({ body, headers: idempotencyKey(key) })
  return knownOf(post, null, post.language)
}

async function updateDirectly(post: Post, base: Draft, draft: Draft): Promise<Known> {
  const saved = await updatePost({
    path: { slug: post.slug },
    body: changesBetween(base, draft),
    headers: ifMatch(post.version),
  })
  return knownOf(merged(saved, post), null, draft.language)
}

/** An answer does not repeat what only a detailed question is told. */
export const merged = (saved: Post, before: Post | null): Post => ({
  ...saved,
  permissions: saved.permissions ?? before?.permissions,
  workflow: saved.workflow ?? before?.workflow,
})

async function updateCopy(known: Known & { post: Post }, draft: Draft): Promise<Known> {
  let { post, copy, seen } = known
  const { featured: isFeatured, ...changes } = changesBetween(known.base, draft)
  if (isFeatured !== undefined) {
    // Not part of the text: where a post leads the front page is decided at once.
    const headers = ifMatch(post.version)
    const saved = await updatePost({ path: { slug: post.slug }, body: { featured: isFeatured }, headers })
    if (seen === post.version) seen = saved.version
    post = merged(saved, post)
  }
  if (Object.keys(changes).length > 0 || (copy && copy.base_version !== seen)) {
    copy = await saveWorkingCopy({
      path: { slug: post.slug },
      body: { ...changes, base_version: seen },
      headers: copy ? ifMatch(copy.version) : { 'If-None-Match': '*' },
    })
  }
  return { ...knownOf(post, copy, draft.language), seen }
}

/** Brings what is typed to the server, where it belongs; answers what the server has then. */
export async function send(known: Known, draft: Draft): Promise<Known> {
  const { post } = known
  if (!post) throw new Error('a post is created before it is changed')
  return isLive(post) ? updateCopy({ ...known, post }, draft) : updateDirectly(post, known.base, draft)
}

/** How many pages of a history are looked through. */
const pages = 3

/** What the post was at a version; null where the history does not tell any more. */
export async function draftAt(post: Post, version: number): Promise<Draft | null> {
  if (version === post.version) return toDraft(post)
  let cursor: string | undefined
  for (let page = 0; page < pages; page += 1) {
    const { results, next } = await listRevisions({
      path: { slug: post.slug },
      query: { limit: 100, ...(cursor && { cursor }) },
    })
    const found = results.find(
      ({ kind, post_version }) =>
        post_version === version && ['saved', 'restored', 'original'].includes(kind),
    )
    if (found) {
      const path = { slug: post.slug, number: found.number }
      return contentDraft(await getRevision({ path }), post)
    }
    cursor = cursorOf(next) ?? undefined
    if (!cursor) break
  }
  return null
}
