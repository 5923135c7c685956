import { computed, ref } from 'vue'

import { settled } from '@/lib/settled'
import { storage } from '@/lib/storage'

export type ThemeChoice = 'system' | 'light' | 'dark'

/** The same key is read before the first paint by public/theme.js. */
const key = 'byline.theme'
const read = (): ThemeChoice => {
  const kept = storage.read(key)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

const choice = ref<ThemeChoice>(read())

function apply(next: ThemeChoice): void {
  choice.value = next
  storage.write(key, next === 'system' ? null : next)
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
}

/** Light, dark, or as the system has it; the choice is kept on this device. */
export function useTheme() {
  return { theme: computed({ get: () => (settled.value ? choice.value : 'system'), set: apply }) }
}
