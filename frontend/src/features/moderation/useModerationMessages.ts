import { messagesOf } from '@/lib/messages'

/** The messages of moderation come with its pages. */
export const useModerationMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.moderation.json', { import: 'default' }),
)
