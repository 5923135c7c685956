import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.together.json'

/** The messages of writing together come with the editor, not with every page. */
export function useTogetherMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('together.panel', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
