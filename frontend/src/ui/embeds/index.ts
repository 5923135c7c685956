import type { ComposerTranslation } from 'vue-i18n'

import type { CardLoader } from '@/lib/embed-cards'
import messages from '@/locales/en.embeds.json'

import { activateEmbeds } from './activate'

/** What it needs of the messages of the whole application. */
interface Words {
  readonly te: (key: string, locale: 'en') => boolean
  readonly t: ComposerTranslation
  readonly mergeLocaleMessage: (locale: 'en', messages: object) => void
}

/** Comes, with its words, to those texts that embed something. */
export function bringEmbedsToLife(root: HTMLElement, i18n: Words, cardOf: CardLoader | undefined): void {
  if (!i18n.te('embeds.play', 'en')) i18n.mergeLocaleMessage('en', messages)
  activateEmbeds(root, { t: (key, named = {}) => i18n.t(key, named), cardOf })
}
