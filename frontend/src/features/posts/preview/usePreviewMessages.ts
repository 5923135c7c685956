import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.preview.json'

/** The messages of previews come with the page that shows them. */
export function usePreviewMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('postPreview.title', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
