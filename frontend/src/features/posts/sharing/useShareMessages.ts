import { messagesOf } from '@/lib/messages'

/** The messages of the share sheet come with it. */
export const useShareMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.share.json', { import: 'default' }),
)
