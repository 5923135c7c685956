import { watch } from 'vue'

import { accentPair } from '@/lib/accent'
import { storage } from '@/lib/storage'

import { useSite } from './queries'

/** The same key is read before the first paint by public/theme.js. */
const key = 'byline.accent'

/** Gives the page the publication's accent, in one shade for light paper and one for dark. */
export function useAccent(): void {
  const { site } = useSite()
  watch(
    () => site.value?.accent_color,
    (color) => {
      if (color === undefined) return
      const pair = accentPair(color)
      const { style } = document.documentElement
      storage.write(key, pair ? JSON.stringify(pair) : null)
      if (pair) {
        style.setProperty('--accent-on-light', pair.light)
        style.setProperty('--accent-on-dark', pair.dark)
      } else {
        style.removeProperty('--accent-on-light')
        style.removeProperty('--accent-on-dark')
      }
    },
    { immediate: true },
  )
}
