import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.people.json'

/** The messages of following and blocking come with its parts, not with every page. */
export function usePeopleMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('people.follow', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
