import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.my-posts.json'

/** The messages of one's own posts come with their page. */
export function useMyPostsMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('myPosts.tabs.label', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
