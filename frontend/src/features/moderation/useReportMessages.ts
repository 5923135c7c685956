import { messagesOf } from '@/lib/messages'

/** The messages of reporting come with its dialog. */
export const useReportMessages = messagesOf(
  import.meta.glob<object>('@/locales/*.reports.json', { import: 'default' }),
)
