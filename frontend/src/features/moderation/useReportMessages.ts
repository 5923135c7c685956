import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.reports.json'

/** The messages of reporting come with its dialog. */
export function useReportMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('reports.title.post', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
