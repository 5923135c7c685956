import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.auth.json'

/** The messages of signing in come with its parts, which stand on pages and in dialogs alike. */
export function useAuthMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('auth.identity', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
