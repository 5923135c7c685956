import type { PatchedPostWriteRequest, Post, Revision, WorkingCopy } from '@/api'

/** What an author edits of a post, as the fields hold it. */
export interface Draft {
  title: string
  slug: string
  excerpt: string
  body: string
  /** Names, separated by commas. */
  tags: string
  /** A slug, or nothing. */
  category: string
  /** The title of the series that it is a part of, or nothing. */
  series: string
  coverUrl: string
  coverAlt: string
  canonicalUrl: string
  language: string
  commentPolicy: Post['comment_policy']
  featured: boolean
}

export type DraftField = keyof Draft

export const emptyDraft = (language: string): Draft => ({
  title: '',
  slug: '',
  excerpt: '',
  body: '',
  tags: '',
  category: '',
  series: '',
  coverUrl: '',
  coverAlt: '',
  canonicalUrl: '',
  language,
  commentPolicy: 'open',
  featured: false,
})

export const toDraft = (post: Post): Draft => ({
  title: post.title,
  slug: post.slug,
  excerpt: post.excerpt,
  body: post.body,
  tags: post.tags.map((tag) => tag.name).join(', '),
  category: post.category?.slug ?? '',
  series: post.series?.title ?? '',
  coverUrl: post.cover?.url ?? '',
  coverAlt: post.cover?.alt ?? '',
  canonicalUrl: post.canonical_url,
  language: post.language,
  commentPolicy: post.comment_policy,
  featured: post.featured,
})

/** Content that is not in the post (yet, or any more), over what the post is beside it. */
export const contentDraft = (content: WorkingCopy | Revision, post: Post): Draft => ({
  title: content.title,
  slug: content.slug ?? post.slug,
  excerpt: content.excerpt,
  body: content.body,
  // Where a name does not lead to its tag, the slug stands for it; in the fields the name does.
  tags: content.tags.map((tag) => post.tags.find(({ slug }) => slug === tag)?.name ?? tag).join(', '),
  category: content.category ?? '',
  // Revisions from before there were series say nothing of them.
  series:
    content.series === undefined || content.series === post.series?.slug
      ? (post.series?.title ?? '')
      : (content.series ?? ''),
  coverUrl: content.cover?.url ?? '',
  coverAlt: content.cover?.alt ?? '',
  canonicalUrl: content.canonical_url,
  language: content.language,
  commentPolicy: content.comment_policy,
  featured: post.featured,
})

const tagNames = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** With what a URI cannot hold percent-encoded. */
const asUri = (address: string): string =>
  address.replace(/[^!#-;=?-[\]_a-z~\p{Surrogate}]+/gu, encodeURIComponent)

/**
 * A value as the server would keep it: no blanks around it, and none between tags; an address as a URI. The body is
 * kept to the letter.
 */
function settled(draft: Draft, name: DraftField): string | boolean {
  const value = draft[name]
  if (typeof value !== 'string' || name === 'body') return value
  if (name === 'canonicalUrl') return asUri(value.trim())
  return name === 'tags' ? tagNames(value).join(', ') : value.trim()
}

/** The names of the fields in which the two differ. */
export const differences = (one: Draft, other: Draft): DraftField[] =>
  fieldsOf(one).filter((name) => settled(one, name) !== settled(other, name))

const fieldsOf = (draft: Draft): DraftField[] =>
  Object.keys(draft).filter((name): name is DraftField => name in draft)

/** What the server has to be told so that `base` becomes `draft`: only what differs. */
export function changesBetween(base: Draft, draft: Draft): PatchedPostWriteRequest {
  const changed = new Set(differences(base, draft))
  return {
    ...(changed.has('title') && { title: draft.title }),
    // An empty slug is one that the server makes from the title.
    ...(changed.has('slug') && draft.slug !== '' && { slug: draft.slug }),
    ...(changed.has('excerpt') && { excerpt: draft.excerpt }),
    ...(changed.has('body') && { body: draft.body }),
    ...(changed.has('tags') && { tags: tagNames(draft.tags) }),
    ...(changed.has('category') && { category: draft.category || null }),
    ...(changed.has('series') && { series: draft.series || null }),
    ...((changed.has('coverUrl') || changed.has('coverAlt')) && {
      cover: draft.coverUrl ? { url: draft.coverUrl, alt: draft.coverAlt } : null,
    }),
    ...(changed.has('canonicalUrl') && { canonical_url: draft.canonicalUrl }),
    ...(changed.has('language') && { language: draft.language }),
    ...(changed.has('commentPolicy') && { comment_policy: draft.commentPolicy }),
    ...(changed.has('featured') && { featured: draft.featured }),
  }
}

/** The field that a problem's JSON pointer is about. */
export function fieldOfPointer(pointer: string | undefined): DraftField | undefined {
  const [, name = '', part = ''] = (pointer ?? '').split('/')
  if (name === 'cover') return part === 'alt' ? 'coverAlt' : 'coverUrl'
  const fields: Record<string, DraftField> = {
    title: 'title',
    slug: 'slug',
    excerpt: 'excerpt',
    body: 'body',
    tags: 'tags',
    category: 'category',
    series: 'series',
    canonical_url: 'canonicalUrl',
    language: 'language',
    comment_policy: 'commentPolicy',
    featured: 'featured',
  }
  return fields[name]
}

/** Words of a text, as the editor counts them. */
export const wordCount = (text: string): number =>
  text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length

const wordsPerMinute = 230
export const readingMinutes = (text: string): number =>
  Math.max(1, Math.round(wordCount(text) / wordsPerMinute))
