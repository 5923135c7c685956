import { watch } from 'vue'

import { storage } from '@/lib/storage'

import { useSite } from './queries'
import { lookOf } from './style'

/** The same key is read before the first paint by public/theme.js. */
const key = 'byline.accent'

/** Gives the page the publication's look: its accent, in one shade for light paper and one for dark. */
export function useAccent(): void {
  const { site } = useSite()
  watch(
    site,
    (now) => {
      if (now === undefined || typeof document === 'undefined') return
      const look = lookOf(now)
      const { '--accent-on-light': light, '--accent-on-dark': dark } = look
      storage.write(key, light && JSON.stringify({ light, dark }))
      for (const [name, value] of Object.entries(look))
        document.documentElement.style.setProperty(name, value)
    },
    { immediate: true },
  )
}
