import { messagesOf } from '@/lib/messages'

/** The messages of the history come with it. */
export const useHistoryMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.history.json', { import: 'default' }),
)
