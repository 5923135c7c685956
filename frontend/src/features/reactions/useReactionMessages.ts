import { messagesOf } from '@/lib/messages'

/** The messages of likes, the reading list and followed tags come with their parts, not with every page. */
export const useReactionMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.reactions.json', { import: 'default' }),
)
