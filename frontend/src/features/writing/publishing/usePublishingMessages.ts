import { messagesOf } from '@/lib/messages'

/** The messages of publishing come with its parts, not with every page. */
export const usePublishingMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.publishing.json', { import: 'default' }),
)
