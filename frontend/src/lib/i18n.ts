// Stands in for the package `vue-i18n`, by an alias in vite.config.ts and tsconfig.app.json: the part of it that is used
// here, in the same words, at a tenth of its size. Every reader fetches it.
import { inject, ref, shallowRef, type App, type InjectionKey, type Ref } from 'vue'

/** What stands in a message's braces; a number as the second or third argument also chooses between its forms. */
type Named = Readonly<Record<string, unknown>>

export type ComposerTranslation = (key: string, ...given: readonly (Named | number | undefined)[]) => string

export interface Composer {
  readonly t: ComposerTranslation
  /** Whether there is such a message. */
  readonly te: (key: string) => boolean
  readonly locale: Ref<string>
  readonly mergeLocaleMessage: (locale: string, messages: object | undefined) => void
}

interface Options {
  readonly locale: string
  readonly messages?: Readonly<Record<string, object>> | undefined
}

type Catalogue = Readonly<Record<string, unknown>>

const key: InjectionKey<Composer> = Symbol('messages')

const isCatalogue = (value: unknown): value is Catalogue => typeof value === 'object' && value !== null

/** With the messages of `more` put in, at any depth. */
function merged(messages: Catalogue, more: Catalogue): Catalogue {
  const result: Record<string, unknown> = { ...messages }
  for (const [name, value] of Object.entries(more)) {
    const before = result[name]
    result[name] = isCatalogue(before) && isCatalogue(value) ? merged(before, value) : value
  }
  return result
}

function find(messages: Catalogue | undefined, path: string): string | undefined {
  let at: unknown = messages
  for (const name of path.split('.')) at = isCatalogue(at) ? at[name] : undefined
  return typeof at === 'string' ? at : undefined
}

/** "one | many" or "none | one | many". */
function formOf(message: string, count: number): string {
  const forms = message.split('|')
  if (forms.length === 1) return message
  const which = forms.length === 2 ? Number(count !== 1) : Math.min(count, 2)
  return (forms[which] ?? forms.at(-1) ?? '').trim()
}

/** `{name}` is what was given under that name, `{'@'}` the sign itself. */
const fill = (message: string, named: Named, locale: string): string =>
  message.replace(/\{\s*(?:'([^']*)'|(\w+))\s*\}/g, (_whole, sign?: string, name = '') => {
    const value = named[name] ?? ''
    if (sign !== undefined) return sign
    // What is counted is written as the language writes it: 1,234 or 1.234.
    return value === named.count && typeof value === 'number' ? value.toLocaleString(locale) : String(value)
  })

const numberIn = (...values: unknown[]): number | undefined =>
  values.find((value) => typeof value === 'number')

export function createI18n({ locale: first, messages = {} }: Options): {
  global: Composer
  install: (app: App) => void
} {
  const locale = ref(first)
  const catalogues = shallowRef<Readonly<Record<string, Catalogue>>>(messages as Record<string, Catalogue>)
  const messageOf = (path: string): string | undefined => find(catalogues.value[locale.value], path)

  const composer: Composer = {
    locale,
    t(path, ...given) {
      const message = messageOf(path)
      if (message === undefined) return path
      const named = given.find((each) => typeof each === 'object')
      const count = Math.abs(numberIn(...given, named?.count, named?.n) ?? 1)
      return fill(formOf(message, count), { count, n: count, ...named }, locale.value)
    },
    te: (path) => messageOf(path) !== undefined,
    mergeLocaleMessage(language, more) {
      const known = catalogues.value[language] ?? {}
      catalogues.value = { ...catalogues.value, [language]: merged(known, (more ?? {}) as Catalogue) }
    },
  }
  return { global: composer, install: (app) => app.provide(key, composer) }
}

/** The messages of the application. */
export function useI18n(_scope?: { readonly useScope: 'global' }): Composer {
  const composer = inject(key)
  if (!composer) throw new Error('The application has no messages.')
  return composer
}
