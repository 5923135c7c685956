import { messagesOf } from '@/lib/messages'

/** The messages of the inbox come with its parts, not with every page. */
export const useNotificationMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.notifications.json', { import: 'default' }),
)
