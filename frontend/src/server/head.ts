import type { QueryClient } from '@tanstack/vue-query'
import type { Router } from 'vue-router'

import type { Post, Site, User } from '@/api'
import { titleWith, type PageHead } from '@/composables/usePageHead'
import { leadSizes, postSizes } from '@/features/posts/covers'
import { styleOf } from '@/features/site/style'
import { addressOf } from '@/lib/address'
import { spoken } from '@/lib/languages'

import { assetsOf } from './assets'
import { feedsOf } from './feeds'
import { dataBlock, escapeText, link, meta, property } from './markup'
import { pictureLink } from './picture'
import { structuredData } from './structured-data'

interface Given {
  readonly page: PageHead
  readonly modules: ReadonlySet<string>
  readonly origin: string
  readonly router: Router
  readonly client: QueryClient
}

const absolute = (origin: string, address: string | undefined): string | undefined =>
  address?.startsWith('/') ? origin + address : address || undefined

const shareImageOf = (site: (Site & { share_image_url?: string }) | undefined): string | undefined =>
  site?.share_image_url

function articleTags({ published_at, updated_at, author, category, tags }: Post, origin: string): string[] {
  return [
    property('article:published_time', published_at ?? undefined),
    property('article:modified_time', updated_at),
    property('article:author', `${origin}/authors/${encodeURIComponent(author.username)}`),
    property('article:section', category?.name),
    ...tags.map(({ name }) => property('article:tag', name)),
    meta('author', author.display_name || author.username),
  ]
}

/** A language as Open Graph names it: with the country that it is most at home in, unless it names another. */
export function localeOf(language: string | undefined): string | undefined {
  try {
    const known = new Intl.Locale(language ?? '').maximize()
    return known.region && `${known.language}_${known.region}`
  } catch {
    return undefined
  }
}

/** How the page looks where somebody shares its address. */
function cardTags(
  given: Given,
  site: Site | undefined,
  post: Post | undefined,
  canonical: string | undefined,
): string[] {
  const { page, origin } = given
  const image = absolute(origin, page.image || shareImageOf(site))
  const description = page.description?.trim()
  const cover = page.image ? post?.cover : undefined
  const isPortrait = page.type === 'profile' && page.image
  return [
    property('og:site_name', site?.name),
    property('og:type', page.type ?? 'website'),
    property('og:title', page.title),
    property('og:description', description),
    property('og:url', canonical),
    property('og:locale', localeOf(post?.language || site?.language)),
    property('og:image', image),
    property('og:image:width', cover?.width?.toString()),
    property('og:image:height', cover?.height?.toString()),
    property('og:image:alt', cover?.alt),
    meta('twitter:card', image && !isPortrait ? 'summary_large_image' : 'summary'),
    meta('twitter:title', page.title),
    meta('twitter:description', description),
    meta('twitter:image', image),
  ]
}

/** The picture that is seen first, fetched before the program. */
function firstPicture({ client, router }: Given, post: Post | undefined): string {
  const route = router.currentRoute.value
  const lists = client.getQueriesData<{ results?: Post[]; pages?: { results: Post[] }[] }>({
    queryKey: ['posts'],
  })
  const featured = client.getQueryData<{ results: Post[] }>(['posts', 'featured'])?.results[0]
  const newest = lists.find(([key]) => key[1] === 'feed')?.[1]?.pages?.[0]?.results[0]
  const lead =
    route.name === 'home' && Object.keys(route.query).length === 0 ? (featured ?? newest) : undefined
  return pictureLink((post ?? lead)?.cover, post ? postSizes : leadSizes)
}

/** Everything in the head of a document that belongs to the page alone. */
export function headOf(given: Given): string {
  const { page, modules, origin, router, client } = given
  const route = router.currentRoute.value
  const site = client.getQueryData<Site>(['site'])
  const { slug, username } = route.params as Partial<Record<string, string>>
  const found = !page.error && !page.missing
  const post = route.name === 'post' ? client.getQueryData<Post>(['posts', 'detail', slug, false]) : undefined
  const author = route.name === 'author' ? client.getQueryData<User>(['authors', username, false]) : undefined
  const furtherBack = Boolean(route.query.cursor)
  const address = (!furtherBack && page.canonical) || addressOf(origin, router)
  // What search engines are to leave out has no address that they could keep in its place.
  const canonical = page.hidden ? undefined : address
  const title = page.title || site?.name || ''
  return [
    `<title>${escapeText(titleWith(site?.name ?? '', page.title))}</title>`,
    found ? firstPicture(given, post) : '',
    meta('description', page.description?.trim()),
    page.hidden || furtherBack || !found ? meta('robots', 'noindex') : '',
    ...(found
      ? [
          link('canonical', canonical),
          ...cardTags(given, site, post, canonical),
          ...(post ? articleTags(post, origin) : []),
        ]
      : []),
    ...feedsOf({ origin, route, found }, title, site),
    assetsOf(modules, site ? styleOf(site) : '', spoken(site?.language) ?? 'en'),
    found && site
      ? dataBlock(
          'application/ld+json',
          structuredData({ origin, address, site, title, post, author }, route.path),
        )
      : '',
  ].join('')
}
