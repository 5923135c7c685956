import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.saving.json'

/** The messages of the editor's frame and of how a text is kept; they come with it. */
export function useSavingMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('saving.side', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
