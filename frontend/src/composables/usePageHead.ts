import { useHead } from '@unhead/vue'
import { computed, toValue, watch, type MaybeRefOrGetter } from 'vue'

import { announce } from './useAnnouncer'

interface PageHead {
  /** Undefined until it is known. */
  readonly title: string | undefined
  readonly description?: string
  readonly canonical?: string
  readonly image?: string
  readonly type?: 'website' | 'article' | 'profile'
  /** Keeps the page out of search engines. */
  readonly hidden?: boolean
}

let visited = false

/** Title and metadata of the page. The title is also said to screen readers once a new page has it. */
export function usePageHead(head: MaybeRefOrGetter<PageHead>): void {
  const value = computed(() => toValue(head))
  useHead({
    title: () => value.value.title,
    link: () => (value.value.canonical ? [{ rel: 'canonical', href: value.value.canonical }] : []),
    meta: () => {
      const { title, description, image, type, hidden } = value.value
      return [
        { name: 'description', content: description || null },
        { name: 'robots', content: hidden ? 'noindex' : null },
        { property: 'og:title', content: title || null },
        { property: 'og:description', content: description || null },
        { property: 'og:type', content: type ?? 'website' },
        { property: 'og:image', content: image || null },
      ]
    },
  })
  watch(
    () => value.value.title,
    (title) => {
      if (!title) return
      // The browser itself reads the title of the first page.
      if (visited) announce(title)
      visited = true
    },
    { immediate: true },
  )
}
