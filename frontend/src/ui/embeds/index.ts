import type { ComposerTranslation } from 'vue-i18n'

import type { CardLoader } from '@/lib/embed-cards'
import { wantMessages } from '@/lib/messages'

import { activateEmbeds } from './activate'

/** What it needs of the application's messages. */
interface Words {
  readonly t: ComposerTranslation
}

wantMessages(import.meta.glob<object>('@/locales/*.embeds.json', { import: 'default' }))

/** Comes, with its words, to those texts that embed something. */
export function bringEmbedsToLife(root: HTMLElement, i18n: Words, cardOf: CardLoader | undefined): void {
  activateEmbeds(root, { t: (key, named = {}) => i18n.t(key, named), cardOf })
}
