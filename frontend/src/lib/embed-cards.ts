import type { InjectionKey } from 'vue'

/** What a card shows of a post that stands within a text. */
export interface EmbedCard {
  readonly slug: string
  readonly title: string
  readonly excerpt: string
  readonly byline: string
  readonly cover: string
  readonly language: string
}

/** Fetches what a card shows; nothing where readers find no such post. */
export type CardLoader = (slug: string) => Promise<EmbedCard | null>

/** Given by the application, so that the element that shows texts knows nothing of posts. */
export const cardLoaderKey: InjectionKey<CardLoader> = Symbol('cards of embedded posts')
