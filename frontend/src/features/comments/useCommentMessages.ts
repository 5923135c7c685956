import { messagesOf } from '@/lib/messages'

/** The messages of the discussion come with it, not with the page. */
export const useCommentMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.comments.json', { import: 'default' }),
)
