import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.notifications.json'

/** The messages of the inbox come with its parts, not with every page. */
export function useNotificationMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('notifications.title', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
