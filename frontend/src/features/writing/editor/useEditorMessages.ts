import { messagesOf } from '@/lib/messages'

/** The messages of the editor come with it, not with every page. */
export const useEditorMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.editor.json', { import: 'default' }),
)
