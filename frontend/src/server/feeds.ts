import type { RouteLocationNormalizedLoaded } from 'vue-router'

import type { Site } from '@/api'

import { link } from './markup'

const kinds = [
  ['rss', 'application/rss+xml', 'RSS'],
  ['atom', 'application/atom+xml', 'Atom'],
  ['json', 'application/feed+json', 'JSON Feed'],
] as const

/** The pages that have feeds of their own. */
const withFeeds = new Set(['tag', 'category', 'series', 'author', 'post'])

interface Given {
  readonly origin: string
  /** Whether there is what the address names. */
  readonly found: boolean
  readonly route: RouteLocationNormalizedLoaded
}

const alternates = (origin: string, folder: string, title: string): string[] =>
  kinds.map(([extension, type, name]) =>
    link('alternate', `${origin}${folder}/feed.${extension}`, { type, title: `${title} (${name})` }),
  )

/** Where else machines read the publication and this page of it. */
export function feedsOf({ origin, route, found }: Given, title: string, site: Site | undefined): string[] {
  const here = origin + route.path
  const own = found && withFeeds.has(String(route.name)) ? alternates(origin, route.path, title) : []
  const embeds =
    found && route.name === 'post'
      ? [
          link('alternate', `${origin}/oembed?url=${encodeURIComponent(here)}&format=json`, {
            type: 'application/json+oembed',
            title,
          }),
          link('webmention', `${origin}/webmention`),
        ]
      : []
  return [
    ...own,
    ...alternates(origin, '', site?.name ?? title),
    ...embeds,
    link('search', `${origin}/opensearch.xml`, {
      type: 'application/opensearchdescription+xml',
      title: site?.name ?? title,
    }),
  ]
}
