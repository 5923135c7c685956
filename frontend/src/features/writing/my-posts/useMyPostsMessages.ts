import { messagesOf } from '@/lib/messages'

/** The messages of one's own posts come with their page. */
export const useMyPostsMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.my-posts.json', { import: 'default' }),
)
