import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.history.json'

/** The messages of the history come with it. */
export function useHistoryMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('history.empty', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
