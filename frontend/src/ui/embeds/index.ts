import type { useI18n } from 'vue-i18n'

import type { CardLoader } from '@/lib/embed-cards'
import messages from '@/locales/en.embeds.json'

import { activateEmbeds } from './activate'

type Composer = ReturnType<typeof useI18n>

/** Comes, with its words, to those texts that embed something. */
export function bringEmbedsToLife(root: HTMLElement, i18n: Composer, cardOf: CardLoader | undefined): void {
  if (!i18n.te('embeds.play', 'en')) i18n.mergeLocaleMessage('en', messages)
  activateEmbeds(root, { t: (key, named = {}) => i18n.t(key, named), cardOf })
}
