import { messagesOf } from '@/lib/messages'

/** The messages of signing in come with its parts, which stand on pages and in dialogs alike. */
export const useAuthMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.auth.json', { import: 'default' }),
)
