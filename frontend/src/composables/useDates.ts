import { useI18n } from 'vue-i18n'

import { formatAgo, formatDate, formatMonth, type DateStyle } from '@/lib/dates'

/** Dates as the reader's language writes them. */
export function useDates() {
  const { locale } = useI18n()
  return {
    date: (value: Date | string, style: DateStyle = 'day') => formatDate(value, style, locale.value),
    month: (year: number, month: number, style: 'month' | 'monthOnly' = 'month') =>
      formatMonth(year, month, style, locale.value),
    ago: (value: string) => formatAgo(value, locale.value),
  }
}
