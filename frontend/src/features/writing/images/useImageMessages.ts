import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.images.json'

/** The messages of pictures come with the editor, not with every page. */
export function useImageMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('images.add', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
