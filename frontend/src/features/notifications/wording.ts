import type { RouteLocationRaw } from 'vue-router'

import type { Byline, Notification } from '@/api'

/** What is said, as a key of the catalogue with what goes into it. */
export interface Sentence {
  readonly key: string
  readonly named: { readonly post: string; readonly tag: string; readonly until: string }
  /** What moderators decided about, as a key of the catalogue. */
  readonly what: string
  /** How many did it. */
  readonly count: number
}

type Has = (key: string) => boolean

/** With others left unnamed, two names are enough. */
const namedBesideOthers = 2

export const nameOf = ({ display_name, username }: Byline): string => display_name || username

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Where a mention comes from that nobody here wrote. */
export const siteOf = ({ data }: Notification): string => text(data.site)

/** Those who are named, and how many more there are: "Ada, Bo and 3 others". */
export function namedAndOthers(actors: readonly Byline[], count: number) {
  const named = (count > actors.length ? actors.slice(0, namedBesideOthers) : actors).map(nameOf)
  return { named, others: Math.max(count - named.length, 0) }
}

function keyOf({ kind, comment, data }: Notification, has: Has): string {
  const oneOf = (part: string): string =>
    has(`notifications.${kind}.${part}`) ? `notifications.${kind}.${part}` : `notifications.${kind}.any`
  switch (kind) {
    case 'like':
      return comment ? 'notifications.like.comment' : 'notifications.like.post'
    case 'reply':
      return text(data.to) === 'post' ? 'notifications.reply.post' : 'notifications.reply.comment'
    case 'mention':
      return 'notifications.mention'
    case 'webmention':
      return 'notifications.webmention'
    case 'post':
      return text(data.tag) ? 'notifications.postWithTag' : 'notifications.post'
    case 'decision':
      return oneOf(text(data.action))
    case 'report':
      return oneOf(text(data.outcome))
  }
}

const ofThread = new Set(['lock', 'unlock', 'slow'])

/** What it is that was decided about; named only where its post may be. */
function whatOf({ data, post }: Notification): string {
  if (ofThread.has(text(data.action))) return post ? 'threadUnder' : 'thread'
  const { subject } = data
  const isPost =
    typeof subject === 'object' && subject !== null && 'type' in subject && subject.type === 'post'
  if (isPost) return post ? 'postNamed' : 'post'
  return post ? 'commentUnder' : 'comment'
}

/** The sentence that tells a notification. */
export const sentenceOf = (notification: Notification, has: Has): Sentence => ({
  key: keyOf(notification, has),
  named: {
    post: notification.post?.title ?? '',
    tag: text(notification.data.tag),
    until: text(notification.data.until),
  },
  what: `notifications.what.${whatOf(notification)}`,
  count: Math.max(notification.actor_count, 1),
})

/** Where a notification leads: the very comment, the post, or what moderators decided. */
export function placeOf({ kind, post, comment }: Notification): RouteLocationRaw | undefined {
  if (kind === 'decision') return { name: 'account-decisions' }
  if (kind === 'report') return { name: 'account-reports' }
  if (!post) return undefined
  return {
    name: 'post',
    params: { slug: post.slug },
    ...(comment ? { hash: `#comment-${comment.id}` } : {}),
  }
}
