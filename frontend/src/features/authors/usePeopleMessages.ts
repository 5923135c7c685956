import { messagesOf } from '@/lib/messages'

/** The messages of following and blocking come with its parts, not with every page. */
export const usePeopleMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.people.json', { import: 'default' }),
)
