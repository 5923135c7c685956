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

/** Parts of the catalogue that come only with the screens that need them. */
const parts = {
  members: [() => import('@/locales/en.members.json')],
  account: [() => import('@/locales/en.members.json'), () => import('@/locales/en.account.json')],
}

export type MessagePart = keyof typeof parts

/** Adds the messages of screens that not every reader sees. */
export async function loadMessages(i18n: I18n, part: MessagePart): Promise<void> {
  const catalogues = await Promise.all(parts[part].map((load) => load()))
  for (const { default: messages } of catalogues) i18n.global.mergeLocaleMessage('en', messages)
}
