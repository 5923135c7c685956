import { languageOfFile } from '@/lib/languages'

const files = import.meta.glob<object>('@/locales/*.json', { eager: true, import: 'default' })

/** Everything that the interface says in a language. */
export const allMessages = (language: string): object =>
  Object.assign(
    {},
    ...Object.entries(files).flatMap(([path, words]) => (languageOfFile(path) === language ? [words] : [])),
  )
