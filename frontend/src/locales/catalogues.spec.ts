import { describe, expect, it } from 'vitest'

const files = import.meta.glob<string>('./*.json', { query: '?raw', import: 'default', eager: true })
const sources = import.meta.glob<string>(['../**/*.{ts,vue}', '!../**/*.spec.ts', '!../api/generated/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** What a catalogue says, by the dotted path of each message. */
function messagesIn(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.set(path, value)
    else
      for (const [key, inner] of Object.entries(value as object)) walk(inner, path ? `${path}.${key}` : key)
  }
  walk(JSON.parse(text), '')
  return found
}

const catalogues = Object.entries(files).map(([path, text]) => {
  const [language = '', ...rest] = path.replace('./', '').replace('.json', '').split('.')
  return { name: path, language, subject: rest.join('.'), messages: messagesIn(text) }
})
const english = catalogues.filter(({ language }) => language === 'en')
const others = catalogues.filter(({ language }) => language !== 'en')
const originalOf = (subject: string) => english.find((catalogue) => catalogue.subject === subject)

const placeholdersOf = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort()
const formsOf = (message: string): number => message.split(' | ').length

/** Every key that the program could ask for: written out, or put together as `account.log.kinds.${kind}`. */
function usesOf(source: string): { written: Set<string>; composed: RegExp[] } {
  const written = new Set(
    [...source.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)].map(([, key]) => key ?? ''),
  )
  const composed = [...source.matchAll(/`([\w-]+\.(?:[\w.-]|\$\{(?:[^{}`]|`[^`]*`|\{[^}]*\})*\})+)`/g)]
    .map(([, key]) => key ?? '')
    .filter((key) => key.includes('${'))
    .map((key) => {
      const parts = key.split(/\$\{(?:[^{}`]|`[^`]*`|\{[^}]*\})*\}/)
      return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w.-]+')}$`)
    })
  return { written, composed }
}

describe('the catalogues', () => {
  it('say each message once', () => {
    const keys = english.flatMap(({ messages }) => [...messages.keys()].map((key) => key.split('.')[0]))
    const owners = english.flatMap(({ messages }) => [
      ...new Set([...messages.keys()].map((key) => key.split('.')[0])),
    ])
    expect(owners.toSorted()).toEqual([...new Set(keys)].toSorted())
  })

  it('say nothing that nobody asks for', () => {
    const { written, composed } = usesOf(Object.values(sources).join('\n'))
    const unused = english
      .flatMap(({ messages }) => [...messages.keys()])
      .filter((key) => !written.has(key) && !composed.some((pattern) => pattern.test(key)))
    expect(unused).toEqual([])
  })

  it.each([...new Set(others.map(({ language }) => language))])('are all there in %s', (language) => {
    const there = others.filter((catalogue) => catalogue.language === language).map(({ subject }) => subject)
    expect(there.toSorted()).toEqual(english.map(({ subject }) => subject).toSorted())
  })

  it.each(others)('say in $name what the English one says', ({ subject, messages }) => {
    const original = originalOf(subject)?.messages ?? new Map<string, string>()
    expect([...messages.keys()].toSorted()).toEqual([...original.keys()].toSorted())
    for (const [key, message] of messages) {
      const wanted = original.get(key) ?? ''
      expect.soft({ key, has: placeholdersOf(message) }).toEqual({ key, has: placeholdersOf(wanted) })
      expect.soft({ key, forms: formsOf(message) }).toEqual({ key, forms: formsOf(wanted) })
      expect.soft(message.trim(), key).not.toBe('')
    }
  })
})

describe('the German catalogue', () => {
  it.each(catalogues.filter(({ language }) => language === 'de'))('is set well: $name', ({ messages }) => {
    for (const [key, message] of messages) {
      // Quotes as „…“, real apostrophes and ellipses, and one form of address.
      expect
        .soft(message, key)
        .not.toMatch(/["“][^„]*”|'[^@|{}']|\.\.\.|\b(?:Sie|Ihnen|Ihr|Ihre[nmrs]?)\b(?! )/)
      expect.soft((message.match(/„/g) ?? []).length, key).toBe((message.match(/“/g) ?? []).length)
    }
  })
})
