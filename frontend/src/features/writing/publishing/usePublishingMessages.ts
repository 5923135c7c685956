import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.publishing.json'

/** The messages of publishing come with its parts, not with every page. */
export function usePublishingMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('publishing.publish', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
