import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.moderation.json'

/** The messages of moderation come with its pages. */
export function useModerationMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('moderation.title', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
