import { useI18n, type Composer } from 'vue-i18n'

import { languageOfFile, mainFiles } from './languages'
import { hurry } from './settled'

/** One catalogue in its languages: what `import.meta.glob` makes of `@/locales/*.comments.json`. */
type Files = Record<string, () => Promise<object>>

type Speaker = Pick<Composer, 'locale' | 'mergeLocaleMessage'>

/** Catalogues of the parts of the program that came so far. */
const wanted = new Set<Files>([mainFiles])
let speaker: Speaker | undefined
let there = new WeakMap<Files, Set<string>>()
let complete = false
/** Parts that are being fetched. */
const underWay = new Set<Promise<unknown>>()

/** From now on messages go to `composer`. `all`: it has those of every part already. */
export function speakThrough(composer: Speaker, all: boolean): void {
  speaker = composer
  complete = all
  there = new WeakMap()
}

/** Names a catalogue that a part of the program needs; it comes before the part is shown. */
export const wantMessages = (files: Files): void => void wanted.add(files)

/**
 * The messages of a part of the program, which come with it: in one language, and only where the part is needed.
 * Whatever fetches a part waits for them (`withMessages`).
 */
export function messagesOf(files: Files): () => Composer {
  wantMessages(files)
  return () => useI18n({ useScope: 'global' })
}

async function fetchMessages(files: Files, language: string, composer: Speaker): Promise<void> {
  const known = there.get(files) ?? new Set()
  const path = Object.keys(files).find((name) => languageOfFile(name) === language)
  if (!path || known.has(language)) return
  const messages = await files[path]?.()
  if (composer !== speaker) return
  composer.mergeLocaleMessage(language, messages)
  there.set(files, known.add(language))
}

/** Resolves once all that came so far can be said in the language. Throws when its messages can't be fetched. */
export async function messagesReady(language = speaker?.locale.value): Promise<void> {
  const composer = speaker
  if (complete || !composer || !language) return
  await Promise.all([...wanted].map((files) => fetchMessages(files, language, composer)))
}

/** Fetches a part of the program, and what it says. */
export async function withMessages<Part>(load: () => Promise<Part>): Promise<Part> {
  const whole = load().then(async (part) => {
    await messagesReady()
    return part
  })
  underWay.add(whole)
  try {
    return await whole
  } finally {
    underWay.delete(whole)
  }
}

/**
 * Changes the language of all that is shown. Parts that are about to take over what the server drew do that first, in
 * the language that it was drawn in.
 */
export async function speak(language: string): Promise<void> {
  hurry()
  let known: number
  do {
    known = wanted.size
    await messagesReady(language)
    while (underWay.size > 0) {
      await Promise.allSettled(underWay)
      await new Promise((taken) => setTimeout(taken))
    }
  } while (known < wanted.size) // what was asked for meanwhile came in the language before
  if (speaker) speaker.locale.value = language
}
