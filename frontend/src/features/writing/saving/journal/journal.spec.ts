import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { freshDevice } from '@/test/device'

import { emptyDraft } from '../draft'
import { journal, reopenJournal, type Entry } from '.'
import { entriesOf, groundRow, keysOf, spliceBetween, textRow } from './entries'
import { databaseStore, plainStore, type Store } from './store'
import { JournalWriter, type Keeping } from './writer'

const draft = (body: string) => ({ ...emptyDraft('en'), title: 'Ink', body })
const ground = (body: string): Entry['ground'] => ({
  post: { id: 7, slug: 'ink' },
  base: draft(body),
  sent: [],
  creation: null,
  adopted: [],
})
const entry = (body: string, given: Partial<Entry> = {}): Entry => ({
  owner: 'ada',
  tab: 'one',
  ground: ground('Before.'),
  draft: draft(body),
  at: Date.now(),
  ...given,
})

const bodies = async (owner = 'ada') => (await journal.leftBehind(owner)).map((each) => each.draft.body)

/** A store that says when each write begins, and ends it on command. */
function slowStore() {
  const ends: (() => void)[] = []
  const begun: string[] = []
  const store: Store = {
    write: ({ put }) => {
      const row = put.find(({ key }) => key[3] === 'text')
      begun.push(JSON.stringify(row?.value ?? null))
      return new Promise((resolve) => ends.push(resolve))
    },
    read: () => Promise.resolve([]),
  }
  return { store, begun, ends }
}

beforeEach(() => {
  freshDevice()
  reopenJournal()
})
afterEach(() => vi.unstubAllGlobals())

describe('the journal', () => {
  it('keeps an entry for each visit, so that two tabs never overwrite each other', async () => {
    for (const tab of ['one', 'two']) {
      const writer = journal.writer(() => undefined)
      writer.keep(entry(`From ${tab}.`, { tab, at: tab === 'one' ? 1 : 2 }))
      await writer.settled()
    }
    expect(await bodies()).toEqual(['From one.', 'From two.'])
  })

  it('neither shows nor drops what belongs to somebody else', async () => {
    const writer = journal.writer(() => undefined)
    writer.keep(entry('Hers.', { owner: 'eve' }))
    await writer.settled()
    expect(await bodies('ada')).toEqual([])
    expect(await bodies('eve')).toEqual(['Hers.'])
  })

  it('leaves what another tab is still writing to that tab', async () => {
    const held = ['byline.editor.one']
    const request = (name: string, _: LockOptions, given: () => boolean) =>
      held.includes(name)
        ? Promise.reject(new DOMException('still held', 'TimeoutError'))
        : Promise.resolve(given())
    vi.stubGlobal('navigator', { locks: { request } })
    const writer = journal.writer(() => undefined)
    writer.keep(entry('Live.'))
    await writer.settled()
    expect(await bodies()).toEqual([])
    held.pop()
    expect(await bodies()).toEqual(['Live.'])
  })

  it('moves an entry to its post when that has been made, in one step', async () => {
    const writer = journal.writer(() => undefined)
    writer.keep(entry('Begun.', { ground: { ...ground(''), post: null } }))
    await writer.settled()
    writer.keep(entry('Begun and made.', { ground: ground('Begun.') }))
    await writer.settled()
    const [only, ...others] = await journal.leftBehind('ada')
    expect(others).toEqual([])
    expect(only).toMatchObject({ draft: { body: 'Begun and made.' }, ground: { post: { id: 7 } } })
  })

  it('forgets what the server has, and what was dropped', async () => {
    const writer = journal.writer(() => undefined)
    writer.keep(entry('Typed.'))
    await writer.settled()
    writer.keep(null)
    await writer.settled()
    expect(await bodies()).toEqual([])
    writer.keep(entry('Typed.'))
    await writer.settled()
    await journal.drop(entry('Typed.'))
    expect(await bodies()).toEqual([])
  })

  it('does not show what a later visit has taken over', async () => {
    await databaseStore().write({ put: [textRow(entry('Old.')), groundRow(entry('Old.'))], remove: [] })
    const next = entry('Old and new.', { tab: 'two', ground: { ...ground('Before.'), adopted: ['one'] } })
    await databaseStore().write({ put: [textRow(next), groundRow(next)], remove: [] })
    expect(await bodies()).toEqual(['Old and new.'])
  })

  it('brings over what an earlier editor kept in local storage, whoever it belongs to', async () => {
    const base = { draft: draft('Before.'), version: 3 }
    const former = { owner: 'ada', draft: draft('Kept long ago.'), base, at: 1 }
    localStorage.setItem('byline.draft.7', JSON.stringify(former))
    localStorage.setItem('byline.draft.9', JSON.stringify({ ...former, owner: 'eve' }))
    localStorage.setItem('byline.draft.8', 'damaged')
    expect(await journal.leftBehind('ada')).toMatchObject([
      { draft: { body: 'Kept long ago.' }, ground: { post: { id: 7 }, base: { body: 'Before.' } } },
    ])
    expect(await bodies('eve')).toEqual(['Kept long ago.'])
    expect(localStorage.getItem('byline.draft.7')).toBeNull()
    expect(localStorage.getItem('byline.draft.8')).toBe('damaged')
  })
})

describe('the tail', () => {
  const kept = async () => (await journal.leftBehind('ada')).map(({ draft: { body }, at }) => [body, at])
  const write = (given: Entry) =>
    databaseStore().write({ put: [textRow(given), groundRow(given)], remove: [] })

  it('has each keystroke at once, and the newest counts', async () => {
    await write(entry('Before. a', { at: 1 }))
    const tail = journal.tail()
    const base = ground('Before.')
    tail.note(entry('Before. ab', { ground: base, at: 2 }))
    tail.note(entry('Before. abc', { ground: base, at: 3 }))
    expect(await kept()).toEqual([['Before. abc', 3]])
    await write(entry('Before. abcd', { at: 4 }))
    expect(await kept()).toEqual([['Before. abcd', 4]])
  })

  it('leaves nothing when the server has everything, or the entry was dropped', async () => {
    const tail = journal.tail()
    tail.note(entry('Typed.'))
    tail.note(null)
    expect(localStorage).toHaveLength(0)
    tail.note(entry('Typed.'))
    await journal.drop(entry('Typed.'))
    expect(localStorage).toHaveLength(0)
  })

  it('moves with its post, and is neither shown to nor dropped by somebody else', async () => {
    const tail = journal.tail()
    tail.note(entry('Begun.', { ground: { ...ground(''), post: null } }))
    tail.note(entry('Begun and made.', { ground: ground('Begun.') }))
    expect(await bodies('eve')).toEqual([])
    expect(await journal.leftBehind('ada')).toMatchObject([
      { draft: { body: 'Begun and made.' }, ground: { post: { id: 7 } } },
    ])
  })

  it('is not believed when a tab died between what was typed and what it was typed over', async () => {
    const tail = journal.tail()
    tail.note(entry('Before. One.', { at: 1 }))
    const former = { ...localStorage } as Record<string, string>
    tail.note(entry('Before. One. Two.', { ground: ground('Before. One.'), at: 2 }))
    const text = Object.keys(former).find((name) => name.includes('text')) ?? ''
    localStorage.setItem(text, former[text] ?? '')
    expect(await kept()).toEqual([])
    await write(entry('Before. One', { at: 0 }))
    expect(await kept()).toEqual([['Before. One', 0]])
  })

  it('leaves long texts to the database, which never hides behind a shorter one', async () => {
    const tail = journal.tail()
    const base = ground('Before.')
    tail.note(entry('Before. Short.', { ground: base, at: 1 }))
    const pasted = 'word '.repeat(10_000)
    tail.note(entry(pasted, { ground: base, at: 2 }))
    expect(localStorage).toHaveLength(0)
    await write(entry(pasted, { at: 2 }))
    tail.note(entry('Before. Short again.', { ground: base, at: 3 }))
    expect(await kept()).toEqual([['Before. Short again.', 3]])
  })

  it('is silent where a browser forbids its storage', () => {
    vi.stubGlobal('localStorage', undefined)
    expect(() => journal.tail().note(entry('Typed.'))).not.toThrow()
  })
})

describe('the writer', () => {
  it('writes the first keystroke at once and the last one within 50 ms', async () => {
    vi.useFakeTimers()
    const { store, begun, ends } = slowStore()
    const writer = new JournalWriter(store, plainStore, () => undefined)
    writer.keep(entry('Before. a'))
    expect(begun).toHaveLength(1)
    ends[0]?.()
    writer.keep(entry('Before. ab'))
    writer.keep(entry('Before. abc'))
    expect(begun).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(50)
    expect(begun).toHaveLength(2)
    expect(begun[1]).toContain('abc')
    vi.useRealTimers()
  })

  it('lets the newest text wait while the disk is slow, not the older ones', async () => {
    vi.useFakeTimers()
    const { store, begun, ends } = slowStore()
    const writer = new JournalWriter(store, plainStore, () => undefined)
    for (let count = 1; count <= 20; count += 1) {
      writer.keep(entry(`Before. ${'x'.repeat(count)}.`))
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(begun).toHaveLength(3)
    ends.forEach((end) => end())
    await vi.advanceTimersByTimeAsync(50)
    expect(begun.at(-1)).toContain(`${'x'.repeat(20)}.`)
    vi.useRealTimers()
  })

  it('writes to the disk itself after a pause, and then only', async () => {
    vi.useFakeTimers()
    const firm: boolean[] = []
    const store: Store = {
      write: ({ isFirm }) => Promise.resolve(void firm.push(Boolean(isFirm))),
      read: () => Promise.resolve([]),
    }
    const writer = new JournalWriter(store, plainStore, () => undefined)
    for (let count = 1; count <= 5; count += 1) {
      writer.keep(entry(`Before. ${'x'.repeat(count)}.`))
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(firm).toEqual([false, false, false, false, false])
    await vi.advanceTimersByTimeAsync(300)
    expect(firm.at(-1)).toBe(true)
    writer.keep(entry('Before. Saved by then.'))
    writer.keep(null)
    await vi.advanceTimersByTimeAsync(1000)
    expect(firm.filter(Boolean)).toHaveLength(1)
    vi.useRealTimers()
  })

  it('writes at once what waits when the page goes away', () => {
    const { store, begun } = slowStore()
    const writer = new JournalWriter(store, plainStore, () => undefined)
    writer.keep(entry('Before. a'))
    writer.keep(entry('Before. ab'))
    writer.flush()
    expect(begun.at(-1)).toContain('ab')
  })

  it('goes to the smaller place where there is no database, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined)
    reopenJournal()
    const heard: Keeping[] = []
    const writer = journal.writer((keeping) => heard.push(keeping))
    writer.keep(entry('Typed.'))
    await writer.settled()
    expect(heard).toEqual(['small'])
    expect(await bodies()).toEqual(['Typed.'])
  })

  it('says when there is no room anywhere', async () => {
    const full: Store = {
      write: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
      read: () => Promise.resolve([]),
    }
    const heard: Keeping[] = []
    const writer = new JournalWriter(full, full, (keeping) => heard.push(keeping))
    writer.keep(entry('Typed.'))
    await writer.settled()
    expect(heard).toEqual(['full'])
  })

  it('comes back to the database, and leaves nothing behind in the smaller place', async () => {
    let isBroken = true
    const real = databaseStore()
    const store: Store = {
      write: (changes) => (isBroken ? Promise.reject(new Error('broken')) : real.write(changes)),
      read: real.read,
    }
    const writer = new JournalWriter(store, plainStore, () => undefined)
    writer.keep(entry('One.'))
    await writer.settled()
    isBroken = false
    writer.keep(entry('One. Two.'))
    await writer.settled()
    expect(await plainStore.read('ada')).toEqual([])
    expect(entriesOf(await real.read('ada'))).toMatchObject([{ draft: { body: 'One. Two.' } }])
  })
})

describe('entries', () => {
  it('keep the text as what it changes, and give it back to the letter', () => {
    for (const [before, after] of [
      ['', 'New.'],
      ['One two three.', 'One two and three.'],
      ['aaa', 'aa'],
      ['aa', 'aaa'],
      ['Gone.', ''],
      ['Naïve 🙂 text', 'Naïve 🙃 text'],
    ] as const) {
      const [start, end, text] = spliceBetween(before, after)
      expect(before.slice(0, start) + text + before.slice(end)).toBe(after)
    }
    const long = 'word '.repeat(20_000)
    const row = textRow(entry(`${long}!`, { ground: ground(long) }))
    expect(JSON.stringify(row.value).length).toBeLessThan(500)
  })

  it('skip what is damaged', () => {
    const good = entry('Good.')
    const [text, base] = keysOf(good)
    if (!text || !base) throw new Error('an entry has two rows')
    expect(entriesOf([{ key: text, value: 'nonsense' }, groundRow(good)])).toEqual([])
    expect(entriesOf([textRow(good)])).toEqual([])
    expect(entriesOf([textRow(good), groundRow(good)])).toMatchObject([{ draft: { body: 'Good.' } }])
  })
})
