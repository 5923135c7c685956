import { messagesOf } from '@/lib/messages'

/** The messages of searching come with its page. */
export const useSearchMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.search.json', { import: 'default' }),
)
