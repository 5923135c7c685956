import { createI18n as createVueI18n } from 'vue-i18n'

import { messagesReady, speakThrough, wantMessages } from '@/lib/messages'

/**
 * The messages in `language`. They come by `messagesReady`, one language at a time; unless `all` of them are given,
 * by language, as on the server and in tests.
 */
export function createI18n(language = 'en', all?: Record<string, object>) {
  const i18n = createVueI18n({ locale: language, messages: all })
  speakThrough(i18n.global, all !== undefined)
  return i18n
}

/** Parts of the catalogue that come only with the screens that need them. */
const members = import.meta.glob<object>('@/locales/*.members.json', { import: 'default' })
const account = import.meta.glob<object>('@/locales/*.account.json', { import: 'default' })
const parts = { members: [members], account: [members, account] }

export type MessagePart = keyof typeof parts

/** Fetches the messages of what is about to be shown, and of screens that not every reader sees. */
export async function loadMessages(part?: MessagePart): Promise<void> {
  if (part) parts[part].forEach(wantMessages)
  await messagesReady()
}
