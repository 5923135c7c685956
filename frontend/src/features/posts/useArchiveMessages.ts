import { messagesOf } from '@/lib/messages'

/** The messages of the archive come with its pages. */
export const useArchiveMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.archive.json', { import: 'default' }),
)
