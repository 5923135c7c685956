/** Every language has a catalogue of its own; `messages.ts` fetches one of them. */
const files = import.meta.glob<object>('@/locales/??.json', { import: 'default' })

/** The file of the messages that every page needs, in each language. */
export const mainFiles = files

export const languageOfFile = (path: string): string => /([^/.]+)[^/]*\.json$/.exec(path)?.[1] ?? 'en'

/** The languages that the interface speaks. */
export const languages: readonly string[] = Object.keys(files).map(languageOfFile)

/** The one of them that is meant by a tag such as `de-AT`, if there is one. */
export function spoken(tag: string | null | undefined): string | undefined {
  const language = tag?.toLowerCase().split('-')[0]
  return languages.find((known) => known === language)
}

export const directionOf = (tag: string): 'ltr' | 'rtl' =>
  /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)(-|$)/i.test(tag) ? 'rtl' : 'ltr'

/** What the speakers of a language call it. */
export const nameOfLanguage = (tag: string): string =>
  new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
