import { computed, onMounted, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'

import { directionOf, spoken } from '@/lib/languages'
import { speak } from '@/lib/messages'
import { settled } from '@/lib/settled'
import { storage } from '@/lib/storage'

const key = 'byline.language'

/** What the reader chose on this device; undefined follows the publication. */
const choice = ref<string>()

/** The language that the page begins in: the document's own, which is the publication's. */
export const firstLanguage = (): string => spoken(document.documentElement.lang) ?? 'en'

function show(language: string): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

/**
 * Lets the interface speak the publication's language, or the one that the reader chose. The first picture of a page
 * is the same for everybody: a choice is looked up once it stands. Belongs to the application's root.
 */
export function useSiteLanguage(site: () => string | undefined): void {
  const { locale } = useI18n({ useScope: 'global' })
  const wanted = computed(() => (settled.value ? (choice.value ?? spoken(site())) : undefined))

  onMounted(() => {
    choice.value = spoken(storage.read(key))
    watch(locale, show, { immediate: true })
    // Where the catalogue can't be fetched, the page goes on in the language that it has.
    watch(
      wanted,
      (language) => language && language !== locale.value && speak(language).catch(() => undefined),
      {
        immediate: true,
      },
    )
  })
}

/** The reader's choice of a language, kept on this device. */
export function useLanguage() {
  const { locale } = useI18n({ useScope: 'global' })
  return {
    language: computed({
      get: () => locale.value,
      set(next: string) {
        storage.write(key, next)
        choice.value = next
      },
    }),
  }
}
