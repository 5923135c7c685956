import { createI18n as createVueI18n } from 'vue-i18n'

import en from '@/locales/en.json'

type Messages = typeof en

declare module 'vue-i18n' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  export interface DefineLocaleMessage extends Messages {}
}

export const createI18n = () =>
  createVueI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en } })

export type I18n = ReturnType<typeof createI18n>

/** Adds the messages of the screens that only members see. */
export async function loadMemberMessages(i18n: I18n): Promise<void> {
  const members = await import('@/locales/en.members.json')
  i18n.global.mergeLocaleMessage('en', members.default)
}
