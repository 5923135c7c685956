import { messagesOf } from '@/lib/messages'

/** The messages of one's own reports, of decisions about one, and of appeals come with their pages. */
export const useFairnessMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.fairness.json', { import: 'default' }),
)
