import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.fairness.json'

/** The messages of one's own reports, of decisions about one, and of appeals come with their pages. */
export function useFairnessMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('fairness.reports.title', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
