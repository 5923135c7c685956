import { afterEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'

import { messagesReady, speak, speakThrough, wantMessages, withMessages } from './messages'

/** Notes what comes, as “language: key”. */
function listener() {
  const came: string[] = []
  const locale = ref('en')
  speakThrough(
    {
      locale,
      mergeLocaleMessage: (language: string, messages: object) => {
        came.push(...Object.keys(messages).map((key) => `${language}: ${key}`))
      },
    } as Parameters<typeof speakThrough>[0],
    false,
  )
  return { came, locale }
}

const catalogue = (name: string, wait: Promise<unknown> = Promise.resolve()) =>
  Object.fromEntries(
    ['en', 'de'].map((language) => [
      `/src/locales/${language}.${name}.json`,
      async () => {
        if (language === 'de') await wait
        return { [name]: name }
      },
    ]),
  )

function gate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), opened }
}

afterEach(() => speakThrough({ locale: ref('en'), mergeLocaleMessage: () => undefined }, true))

describe('a change of the language', () => {
  it('waits for what pages asked for while it was under way, again and again', async () => {
    const { came, locale } = listener()
    const first = gate()
    const second = gate()
    wantMessages(catalogue('first', first.opened))
    const change = speak('de')

    wantMessages(catalogue('second', second.opened))
    first.open()
    await vi.waitFor(() => expect(came).toContain('de: first'))
    wantMessages(catalogue('late'))
    await messagesReady()
    expect(came).toContain('en: late')
    expect(locale.value).toBe('en')
    second.open()
    await change

    expect(locale.value).toBe('de')
    expect(came).toContain('de: late')
  })

  it('waits for the messages of parts that are being fetched', async () => {
    const { came, locale } = listener()
    const { open, opened } = gate()
    const part = withMessages(async () => {
      await opened
      wantMessages(catalogue('part'))
    })
    const change = speak('de')
    open()
    await Promise.all([part, change])

    expect(locale.value).toBe('de')
    expect(came).toContain('de: part')
  })
})
