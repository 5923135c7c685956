import { messagesOf } from '@/lib/messages'

/** The messages of previews come with the page that shows them. */
export const usePreviewMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.preview.json', { import: 'default' }),
)
