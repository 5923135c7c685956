import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.comments.json'

/** The messages of the discussion come with it, not with the page. */
export function useCommentMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('comments.order', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
