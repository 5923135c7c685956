import { QueryClient } from '@tanstack/vue-query'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef, type MaybeRef } from 'vue'
import { useRouter } from 'vue-router'

import { headKey, useDocumentHead, usePageHead, type PageHead } from '@/composables/usePageHead'
import { ProblemError } from '@/lib/problem'
import { makeCover, makePost, makeSite } from '@/test/factories'
import { render } from '@/test/render'

import { headOf, localeOf } from './head'

vi.mock('./assets', () => ({ assetsOf: () => '' }))

const origin = 'https://byline.example'
const site = makeSite({ url: origin })
const slug = '夏の終わりに'
const encoded = encodeURIComponent(slug)
const post = makePost({ slug, title: 'Summer', url: `${origin}/posts/${encoded}` })

/** A page that says this of itself. */
const pageOf = (head: MaybeRef<PageHead>) =>
  defineComponent(() => {
    usePageHead(head)
    return () => h('main')
  })

/** The head of the document that is made for this address. */
async function documentHead(at: string, given: PageHead, shown = post): Promise<Document> {
  const said = shallowRef<() => PageHead>()
  const { router } = await render(pageOf(given), { at, provide: { [headKey]: said } })
  const page = said.value?.() ?? given
  const client = new QueryClient()
  client.setQueryData(['site'], site)
  client.setQueryData(['posts', 'detail', slug, false], shown)
  const head = headOf({ page, modules: new Set(), origin, router, client })
  return new DOMParser().parseFromString(`<html><head>${head}</head></html>`, 'text/html')
}

/** The application as far as its head goes. */
function takeOver(at: string, head: MaybeRef<PageHead>) {
  const page = pageOf(head)
  const app = defineComponent(() => {
    useDocumentHead(site, useRouter())
    return () => h(page)
  })
  return render(app, { at })
}

const attribute = (document: Document, selector: string, name: string) =>
  document.head.querySelector(selector)?.getAttribute(name)
const canonicalOf = (document: Document) => attribute(document, 'link[rel="canonical"]', 'href')
const shared = (document: Document) => attribute(document, 'meta[property="og:url"]', 'content')

/** Where one comes in, the address that the document is made for, and what the page says. */
const pages: [at: string, address: string, page: PageHead][] = [
  [`/posts/${encoded}`, `/posts/${encoded}`, { title: 'Summer' }],
  [`/tags/${encoded}`, `/tags/${encoded}`, { title: 'Summer' }],
  [`/series/${slug}?utm_source=letter`, `/series/${encoded}`, { title: 'Summer' }],
  [
    `/categories/${encoded.toLowerCase()}?cursor=WzFd`,
    `/categories/${encoded}?cursor=WzFd`,
    { title: 'Summer' },
  ],
  ['/pages/about', '/pages/about', { title: 'About' }],
  ['/archive/2026/3?cursor=', '/archive/2026/3', { title: 'March 2026' }],
]

describe('The address of a page', () => {
  it.each(pages)('is the same URI wherever the document at %s says it', async (_, address, page) => {
    const head = await documentHead(address, page)

    expect(canonicalOf(head)).toBe(origin + address)
    expect(shared(head)).toBe(origin + address)
    const graph = JSON.parse(
      head.querySelector('script[type="application/ld+json"]')?.textContent ?? '{}',
    ) as { '@graph': { url?: string; itemListElement?: { item: string }[] }[] }
    const crumb = graph['@graph'].at(-1)?.itemListElement?.at(-1)?.item
    expect(crumb).toBe(origin + address.replace(/\?.*/, ''))
    for (const link of head.querySelectorAll('link[href]'))
      expect(link.getAttribute('href')).toMatch(/^[!-~]+$/)
  })

  it('is where the text stood first', async () => {
    const elsewhere = 'https://elsewhere.example/%E5%A4%8F?a=b%20c#d'
    const page = { title: 'Summer', canonical: elsewhere }
    const head = await documentHead(`/posts/${encoded}`, page)
    await takeOver(`/posts/${encoded}`, page)

    for (const each of [head, document]) {
      expect(canonicalOf(each)).toBe(elsewhere)
      expect(shared(each)).toBe(elsewhere)
    }
  })

  it.each([{ missing: true }, { error: new Error('away') }, {}])(
    'is not said of what search engines leave out: %o',
    async (why) => {
      const page = { title: 'Nobody’s', hidden: true, ...why }
      const head = await documentHead('/tags/none', page)
      await takeOver('/tags/none', page)

      for (const each of [head, document]) {
        expect(attribute(each, 'meta[name="robots"]', 'content')).toBe('noindex')
        expect(canonicalOf(each)).toBeUndefined()
        expect(shared(each)).toBeUndefined()
      }
    },
  )

  it('is the same once the program has taken the document over, and on each page after it', async () => {
    const shown = shallowRef<PageHead>({ title: 'Home' })
    const { router } = await takeOver('/', shown)

    for (const [at, address, page] of pages) {
      await router.push(at)
      shown.value = page
      await nextTick()
      const said = await documentHead(address, page)
      expect(canonicalOf(document), at).toBe(canonicalOf(said))
      expect(shared(document), at).toBe(shared(said))
    }
  })
})

describe('A page further back in a list', () => {
  it('names its own address, and is left out by search engines', async () => {
    const page = { title: 'Ada Byron', canonical: `${origin}/authors/ada` }
    const head = await documentHead('/authors/Ada?cursor=WzFd', page)
    const { router } = await takeOver('/authors/Ada?cursor=WzFd', page)

    for (const each of [head, document]) {
      expect(canonicalOf(each)).toBe(`${origin}/authors/Ada?cursor=WzFd`)
      expect(attribute(each, 'meta[name="robots"]', 'content')).toBe('noindex')
    }

    await router.push('/authors/ada')
    expect(canonicalOf(document)).toBe(`${origin}/authors/ada`)
    expect(attribute(document, 'meta[name="robots"]', 'content')).toBeUndefined()
  })
})

describe('What is not there', () => {
  const alternates = (document: Document) =>
    [...document.head.querySelectorAll('link[rel="alternate"]')].map((link) => link.getAttribute('href'))

  it.each([404, 410])('has no feeds, no card and no mentions of its own: %i', async (status) => {
    const page = { title: undefined, error: new ProblemError(status), hidden: true }
    const head = await documentHead(`/posts/${encoded}`, page)

    expect(alternates(head)).toEqual(['rss', 'atom', 'json'].map((kind) => `${origin}/feed.${kind}`))
    expect(head.head.querySelector('link[rel="webmention"]')).toBeNull()
  })

  it('has them where it is there', async () => {
    const head = await documentHead(`/posts/${encoded}`, { title: 'Summer' })

    expect(alternates(head)).toContain(`${origin}/posts/${encoded}/feed.rss`)
    expect(head.head.querySelector('link[rel="webmention"]')).not.toBeNull()
  })

  it.each([
    [404, 'Nothing at this address'],
    [410, 'This post was taken back'],
  ])('is called in the tab what the page calls it: %i', async (status, title) => {
    const page = { title: undefined, error: new ProblemError(status), hidden: true }
    const head = await documentHead(`/posts/${encoded}`, page)
    await takeOver(`/posts/${encoded}`, page)

    for (const each of [head, document]) expect(each.title).toBe(`${title} · ${site.name}`)
  })
})

describe('The card of a page', () => {
  const card = (document: Document) => attribute(document, 'meta[name="twitter:card"]', 'content')
  const open = (document: Document, name: string) =>
    attribute(document, `meta[property="og:${name}"]`, 'content')

  it('shows a cover in its size', async () => {
    const cover = makeCover({ width: 1600, height: 1000 })
    const page: PageHead = { title: 'Summer', type: 'article', image: cover.url }
    const head = await documentHead(`/posts/${encoded}`, page, { ...post, cover, language: 'de' })

    expect(card(head)).toBe('summary_large_image')
    expect([open(head, 'image:width'), open(head, 'image:height')]).toEqual(['1600', '1000'])
    expect(open(head, 'locale')).toBe('de_DE')
  })

  it('shows a portrait small', async () => {
    const page: PageHead = { title: 'Ada Byron', type: 'profile', image: '/media/avatars/ada.webp' }
    const head = await documentHead('/authors/ada', page)

    expect(card(head)).toBe('summary')
    expect(open(head, 'image')).toBe(`${origin}/media/avatars/ada.webp`)
    expect(open(head, 'image:width')).toBeUndefined()
    expect(open(head, 'locale')).toBe('en_US')
  })

  it.each([
    ['de-AT', 'de_AT'],
    ['pt', 'pt_BR'],
    ['no language', undefined],
    ['', undefined],
  ])('is in a language of a country: %s', (language, locale) => {
    expect(localeOf(language)).toBe(locale)
  })
})
