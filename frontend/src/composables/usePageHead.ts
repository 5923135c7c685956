import { onBeforeUnmount, ref, shallowRef, toValue, watch, watchEffect, type MaybeRefOrGetter } from 'vue'

import { setHead } from '@/lib/head'

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
}

const siteName = ref('')
const current = shallowRef<() => PageHead>()
let visited = false

const withSite = (title: string | undefined): string =>
  title && siteName.value && title !== siteName.value
    ? `${title} · ${siteName.value}`
    : (title ?? siteName.value)

/** Keeps title and metadata of the document up to date; once, for the whole application. */
export function useDocumentHead(site: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => {
    siteName.value = toValue(site) ?? ''
  })
  watchEffect(() => {
    const { title, description, canonical, image, type, hidden } = current.value?.() ?? {
      title: undefined,
    }
    const robots = hidden ? 'noindex' : undefined
    setHead({ title: withSite(title), description, canonical, image, type: type ?? 'website', robots })
  })
}

/** Title and metadata of the page. The title is also said to screen readers once a new page has it. */
export function usePageHead(head: MaybeRefOrGetter<PageHead>): void {
  const page = () => toValue(head)
  current.value = page
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
