import type { Post, Site, User } from '@/api'

type Thing = Readonly<Record<string, unknown>>

/** What search engines read of a page: https://schema.org, told by what the page itself shows. */
export interface Subject {
  readonly origin: string
  readonly address: string
  readonly site: Site
  readonly title: string
  readonly post?: Post
  readonly author?: User
}

const absolute = (origin: string, address: string | undefined): string | undefined =>
  address?.startsWith('/') ? origin + address : address || undefined

const publisher = ({ origin, site }: Subject): Thing => ({
  '@type': 'Organization',
  name: site.name,
  url: `${origin}/`,
  logo: site.logo_url ? { '@type': 'ImageObject', url: absolute(origin, site.logo_url) } : undefined,
})

const person = (
  origin: string,
  { username, display_name }: Pick<User, 'username' | 'display_name'>,
): Thing => ({
  '@type': 'Person',
  name: display_name || username,
  url: `${origin}/authors/${encodeURIComponent(username)}`,
})

function crumbs(origin: string, steps: readonly (readonly [name: string, path: string])[]): Thing {
  const itemListElement = steps.map(([name, path], place) => ({
    '@type': 'ListItem',
    position: place + 1,
    name,
    item: origin + path,
  }))
  return { '@type': 'BreadcrumbList', itemListElement }
}

function posting(subject: Subject, post: Post): Thing {
  const { origin, address, title } = subject
  return {
    '@type': 'BlogPosting',
    '@id': `${address}#post`,
    mainEntityOfPage: address,
    url: address,
    // By letters, so that none is cut in two; a post that has no title is called what its page is called.
    headline: [...(post.title || title)].slice(0, 110).join(''),
    description: post.description || undefined,
    image: absolute(origin, post.cover?.url),
    datePublished: post.published_at ?? undefined,
    dateModified: post.updated_at,
    inLanguage: post.language || subject.site.language,
    author: [post.author, ...post.co_authors].map((each) => person(origin, each)),
    publisher: publisher(subject),
    articleSection: post.category?.name,
    keywords: post.tags.length > 0 ? post.tags.map(({ name }) => name).join(', ') : undefined,
    timeRequired: `PT${post.reading_minutes}M`,
    commentCount: post.comment_count,
  }
}

const profile = ({ origin, address }: Subject, author: User): Thing => ({
  '@type': 'ProfilePage',
  url: address,
  dateCreated: author.created_at,
  mainEntity: {
    ...person(origin, author),
    alternateName: author.username,
    description: author.bio || undefined,
    image: absolute(origin, author.avatar_url),
    sameAs: [author.website, ...author.links.map(({ url }) => url)].filter((url) => /^https?:/.test(url)),
  },
})

const website = (subject: Subject): Thing => ({
  '@type': 'WebSite',
  '@id': `${subject.origin}/#website`,
  name: subject.site.name,
  url: `${subject.origin}/`,
  description: subject.site.description || undefined,
  inLanguage: subject.site.language,
  publisher: publisher(subject),
  potentialAction: {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${subject.origin}/search?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  },
})

/** Everything in one graph. */
export function structuredData(subject: Subject, path: string): Thing {
  const { origin, site, post, author, title } = subject
  const home = [site.name, '/'] as const
  const section = post?.category
    ? [[post.category.name, `/categories/${encodeURIComponent(post.category.slug)}`] as const]
    : []
  const graph = [
    path === '/' && website(subject),
    post && posting(subject, post),
    author && profile(subject, author),
    path !== '/' && crumbs(origin, [home, ...section, [title, path]]),
  ]
  return { '@context': 'https://schema.org', '@graph': graph.filter(Boolean) }
}
