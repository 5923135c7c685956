import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.reactions.json'

/** The messages of likes, the reading list and followed tags come with their parts, not with every page. */
export function useReactionMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('reactions.like', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
