import { messagesOf } from '@/lib/messages'

/** The messages of pictures come with the editor, not with every page. */
export const useImageMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.images.json', { import: 'default' }),
)
