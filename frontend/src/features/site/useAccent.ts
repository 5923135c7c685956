import { watch } from 'vue'

import type { Site } from '@/api'
import { begunByServer } from '@/lib/settled'
import { storage } from '@/lib/storage'

import { useSite } from './queries'

/** The same key is read before the first paint by public/theme.js. */
const key = 'byline.accent'

/** Gives the page the publication's look: its accent, in one shade for light paper and one for dark. */
async function show(site: Pick<Site, 'name' | 'accent_color'>): Promise<void> {
  const { lookOf } = await import('./style')
  const look = lookOf(site)
  const { '--accent-on-light': light, '--accent-on-dark': dark } = look
  storage.write(key, light && JSON.stringify({ light, dark }))
  for (const [name, value] of Object.entries(look)) document.documentElement.style.setProperty(name, value)
}

/** Belongs to the application's root. */
export function useAccent(): void {
  const { site } = useSite()
  watch(
    site,
    (now, before) => {
      // A document brings its own.
      if (!now || typeof document === 'undefined' || (begunByServer && !before)) return
      // Without it, the page keeps the look that it has.
      show(now).catch(() => undefined)
    },
    { immediate: true },
  )
}
