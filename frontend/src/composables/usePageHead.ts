import {
  inject,
  onBeforeUnmount,
  shallowRef,
  toValue,
  watch,
  watchEffect,
  type InjectionKey,
  type MaybeRefOrGetter,
  type ShallowRef,
} from 'vue'
import { useI18n } from 'vue-i18n'
import type { Router } from 'vue-router'

import { addressOf } from '@/lib/address'
import { setHead } from '@/lib/head'
import { isGone, isNotFound } from '@/lib/problem'

import { announce } from './useAnnouncer'

export interface PageHead {
  /** Undefined until it is known. */
  readonly title: string | undefined
  readonly description?: string
  readonly canonical?: string
  readonly image?: string
  readonly type?: 'website' | 'article' | 'profile'
  /** Keeps the page out of search engines. */
  readonly hidden?: boolean
  /** What kept its subject from being shown. */
  readonly error?: unknown
  /** There is no such page. */
  readonly missing?: boolean
}

interface Publication {
  readonly name: string
  readonly url: string
}

type Current = ShallowRef<(() => PageHead) | undefined>

/** Where the page says what it is; the server has one for each document that it makes. */
export const headKey: InjectionKey<Current> = Symbol('head')

const theOnlyOne: Current = shallowRef()
let visited = false

export const titleWith = (site: string, title: string | undefined): string =>
  title && site && title !== site ? `${title} · ${site}` : (title ?? site)

/** Keeps title and metadata of the document up to date; once, for the whole application. */
export function useDocumentHead(site: MaybeRefOrGetter<Publication | undefined>, router: Router): void {
  if (typeof document === 'undefined') return
  watchEffect(() => {
    const { name = '', url }: Partial<Publication> = toValue(site) ?? {}
    const head: Partial<PageHead> = theOnlyOne.value?.() ?? {}
    // Until a page is there, what the server said of it stands.
    if (!head.title && !name) return
    const furtherBack = Boolean(router.currentRoute.value.query.cursor)
    setHead({
      ...head,
      title: titleWith(name, head.title),
      canonical: (!furtherBack && head.canonical) || (url && addressOf(url, router)),
      furtherBack,
    })
  })
}

/** Title and metadata of the page. The title is also said to screen readers once a new page has it. */
export function usePageHead(head: MaybeRefOrGetter<PageHead>): void {
  const current = inject(headKey, theOnlyOne)
  const { t } = useI18n()
  const page = (): PageHead => {
    const given = toValue(head)
    const gone = isGone(given.error)
    if (given.title || !(gone || isNotFound(given.error))) return given
    return { ...given, title: t(gone ? 'post.gone.title' : 'notFound.title') }
  }
  current.value = page
  if (typeof document === 'undefined') return
  onBeforeUnmount(() => {
    if (current.value === page) current.value = undefined
  })
  watch(
    () => page().title,
    (title) => {
      if (!title) return
      // The browser itself reads the title of the first page.
      if (visited) announce(title)
      visited = true
    },
    { immediate: true },
  )
}
