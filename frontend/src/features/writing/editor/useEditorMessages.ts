import { useI18n } from 'vue-i18n'

import messages from '@/locales/en.editor.json'

/** The messages of the editor come with it, not with every page. */
export function useEditorMessages() {
  const i18n = useI18n({ useScope: 'global' })
  if (!i18n.te('editor.toolbar', 'en')) i18n.mergeLocaleMessage('en', messages)
  return i18n
}
