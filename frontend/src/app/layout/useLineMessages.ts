import { messagesOf } from '@/lib/messages'

/** What is said of the line to the server. */
export const useLineMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.line.json', { import: 'default' }),
)
