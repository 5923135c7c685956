import { HttpResponse } from 'msw'
import { effectScope, ref } from 'vue'
import { describe, expect, it, vi } from 'vitest'

import { problem } from '@/test/answers'
import { makeImage } from '@/test/factories'
import { serveTus } from '@/test/tus'

import { noWords } from './markup'
import { useUploads } from './uploads'

const file = (name: string) => new File(['bytes'], name, { type: 'image/png' })

/** A text that pictures are put into; each is written as its name. */
function writing(begin: string) {
  const text = ref(begin)
  const seen = serveTus((name) => ({ ...makeImage({ name }) }))
  const scope = effectScope()
  const own = scope.run(() =>
    useUploads({
      text: () => text.value,
      markup: (image) => image.name,
      insert: ({ at, text: put }) => {
        text.value = text.value.slice(0, at) + put + text.value.slice(at)
      },
    }),
  )
  if (!own) throw new Error('The scope is over.')
  return { text, seen, scope, ...own }
}

describe('pictures on their way', () => {
  it('are put in when they have arrived and were asked about, and not before', async () => {
    const { text, uploads, add, describe: say } = writing('One.')
    add(file('a'), 4)
    await vi.waitFor(() => expect(uploads[0]?.state).toBe('sent'))
    expect(text.value).toBe('One.')
    say(1, noWords)

    expect(text.value).toBe('One.\n\na\n')
    expect(uploads).toEqual([])
  })

  it('are put where they were dropped, whatever was typed meanwhile', async () => {
    const { text, add, describe: say } = writing('One.\n\nTwo.')
    add(file('a'), 4)
    say(1, noWords)
    text.value = 'Zero.\n\nOne.\n\nTwo. And three.'

    await vi.waitFor(() => expect(text.value).toBe('Zero.\n\nOne.\n\na\n\nTwo. And three.'))
  })

  it('keep their order, however they arrive and are described', async () => {
    const { text, uploads, add, describe: say } = writing('One. Goes on.\n\nTwo.')
    for (const name of ['a', 'b', 'c']) add(file(name), 2)
    await vi.waitFor(() => expect(uploads.every(({ state }) => state === 'sent')).toBe(true))
    for (const id of [2, 1, 3]) say(id, noWords)

    expect(text.value).toBe('One. Goes on.\n\na\n\nb\n\nc\n\nTwo.')
  })

  it('leave nothing behind when they fail or are given up', async () => {
    const { text, seen, uploads, add, cancel, retry, describe: say } = writing('One.')
    seen.fault = (asked) => (asked === 0 ? problem(403) : asked === 1 ? HttpResponse.error() : undefined)
    add(file('a'), 4)
    say(1, noWords)
    await vi.waitFor(() => expect(uploads[0]?.state).toBe('failed'))
    retry(1)
    await vi.waitFor(() => expect(uploads[0]?.state).toBe('waiting'))
    cancel(1)

    await vi.waitFor(() => expect(seen.discarded).toEqual(['0']))
    expect(uploads).toEqual([])
    expect(text.value).toBe('One.')
  })

  it('do not hold up those behind them when they are given up', async () => {
    const { text, seen, uploads, add, cancel, describe: say } = writing('One.')
    seen.fault = (asked) => (asked === 0 ? HttpResponse.error() : undefined)
    add(file('a'), 4)
    add(file('b'), 4)
    await vi.waitFor(() => expect(uploads[0]?.state).toBe('waiting'))
    expect(uploads[1]?.state).toBe('queued')
    cancel(1)
    say(2, noWords)

    await vi.waitFor(() => expect(text.value).toBe('One.\n\nb\n'))
  })

  it('keep the page from being left by mistake as long as they are on their way', () => {
    const { add, cancel, scope } = writing('')
    const leave = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(leave()).toBe(true)
    add(file('a'), 0)
    expect(leave()).toBe(false)
    cancel(1)
    add(file('b'), 0, 'This is no picture.')
    expect(leave()).toBe(true)
    scope.stop()
  })
})
