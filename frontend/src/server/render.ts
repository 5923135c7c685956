import { dehydrate, type QueryClient } from '@tanstack/vue-query'
import { createSSRApp, shallowRef } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'
import { renderToString } from 'vue/server-renderer'

import App from '@/app/App.vue'
import { equip } from '@/app/create'
import { createI18n } from '@/app/i18n'
import { createQueryClient } from '@/app/query-client'
import { createRouter } from '@/app/router'
import { headKey, type PageHead } from '@/composables/usePageHead'
import { directionOf, spoken } from '@/lib/languages'
import { isGone, isNotFound, ProblemError } from '@/lib/problem'

import { headOf } from './head'
import { allMessages } from './messages'

export interface Wanted {
  /** Path and query. */
  readonly url: string
  readonly origin: string
  /** The publication's. */
  readonly language: string
}

export interface Rendered {
  readonly status: number
  readonly redirect?: string
  readonly head: string
  readonly html: string
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly data: string
}

interface Drawn {
  readonly html: string
  readonly page: PageHead
  readonly modules: ReadonlySet<string>
}

/** What is asked for only once something else has come is asked for in another round. */
const rounds = 6

/** A cache that asks for everything once. */
function createCache(): QueryClient {
  const client = createQueryClient()
  const { queries } = client.getDefaultOptions()
  client.setDefaultOptions({
    queries: { ...queries, retry: false, retryOnMount: false, staleTime: Infinity },
  })
  return client
}

const allAnswered = (client: QueryClient): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (client.isFetching() > 0) return
      stop()
      resolve()
    }
    const stop = client.getQueryCache().subscribe(look)
    look()
  })

async function draw(
  router: Router,
  queryClient: QueryClient,
  i18n: ReturnType<typeof createI18n>,
): Promise<Drawn> {
  const head = shallowRef<() => PageHead>()
  const app = equip(createSSRApp(App), { router, queryClient, i18n })
  app.provide(headKey, head)
  // The application shows what went wrong; a document of that is worth nothing.
  let failure: Error | undefined
  app.config.errorHandler = (error) => {
    failure ??= error instanceof Error ? error : new Error(String(error))
  }
  const context: { modules?: Set<string> } = {}
  const html = await renderToString(app, context)
  if (failure) throw failure
  return { html, page: head.value?.() ?? { title: undefined }, modules: context.modules ?? new Set() }
}

/** Draws the page again with what came meanwhile, until it asks for nothing more. */
async function drawWhole(...[router, queryClient, i18n]: Parameters<typeof draw>): Promise<Drawn> {
  for (let round = 1; ; round += 1) {
    const drawn = await draw(router, queryClient, i18n)
    if (queryClient.isFetching() === 0 || round === rounds) return drawn
    await allAnswered(queryClient)
  }
}

function statusOf({ missing, error }: PageHead): number {
  if (missing) return 404
  if (error instanceof ProblemError) return [401, 403, 404].includes(error.status) ? 404 : error.status
  return error ? 503 : 200
}

/** The one address of what was found, if it isn't the one that was asked for. */
function betterAddress(router: Router, client: QueryClient): string | undefined {
  const { name, params } = router.currentRoute.value
  if (name !== 'post') return undefined
  const found = client.getQueriesData<{ slug: string }>({
    queryKey: ['posts', 'detail', params.slug],
  })[0]?.[1]
  return found && found.slug !== params.slug
    ? router.resolve({ name: 'post', params: found }).fullPath
    : undefined
}

/** The text as it was written is only for those who write. */
function withoutSource(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('body_html' in data) || !('body' in data)) return data
  return { ...data, body: '' }
}

/** That something isn't there is an answer as well, and all that is said of it. */
const absence = (error: unknown): { status: number } | null =>
  isNotFound(error) || isGone(error) ? { status: (error as ProblemError).status } : null

function dataOf(client: QueryClient): string {
  const { queries: whole } = dehydrate(client, {
    shouldDehydrateQuery: ({ state }) => state.status === 'success' || absence(state.error) !== null,
  })
  const queries = whole.map(({ queryHash, queryKey, state }) => ({
    queryHash,
    queryKey,
    // The same whenever it is drawn, so that the document has one tag as long as it says the same.
    state: {
      ...state,
      data: withoutSource(state.data),
      dataUpdatedAt: 0,
      error: absence(state.error),
      errorUpdatedAt: 0,
      fetchFailureReason: null,
    },
  }))
  const now = `${new Date().toISOString().slice(0, 10)}T12:00:00Z`
  return JSON.stringify({ now, queries: { mutations: [], queries } }).replaceAll('<', '\\u003c')
}

export async function renderDocument({ url, origin, language }: Wanted): Promise<Rendered> {
  const lang = spoken(language) ?? 'en'
  const queryClient = createCache()
  const router = createRouter(createMemoryHistory())
  const i18n = createI18n(lang, { [lang]: allMessages(lang) })
  await router.push(url)
  const { html, page, modules } = await drawWhole(router, queryClient, i18n)
  const redirect = betterAddress(router, queryClient)
  const head = headOf({ page, modules, origin, router, client: queryClient })
  return {
    status: redirect ? 301 : statusOf(page),
    ...(redirect && { redirect }),
    head,
    html,
    lang,
    dir: directionOf(lang),
    data: dataOf(queryClient),
  }
}
