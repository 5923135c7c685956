import { messagesOf } from '@/lib/messages'

/** The messages of the editor's frame and of how a text is kept; they come with it. */
export const useSavingMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.saving.json', { import: 'default' }),
)
