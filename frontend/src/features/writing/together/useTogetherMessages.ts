import { messagesOf } from '@/lib/messages'

/** The messages of writing together come with the editor, not with every page. */
export const useTogetherMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.together.json', { import: 'default' }),
)
