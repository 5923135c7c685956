import { describe, expect, it } from 'vitest'

import { emptyDraft } from '../draft'
import { mergeDrafts } from './drafts'
import { mergeText, type Part } from './text'

const draft = (body: string, title = 'Ink') => ({ ...emptyDraft('en'), title, body })
const whole = (parts: readonly Part[]) =>
  parts.map((part) => (part.kind === 'text' ? part.text : `<${part.mine}|${part.theirs}>`)).join('')

/** Repeatable numbers from 0 to 1 (mulberry32). */
function seeded(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const vocabulary = 'salt ink sea stone lamp moss river paper quiet hour bread wind harbour glass'.split(' ')

/** A text of paragraphs, and edits of it that mark every word that they bring. */
function writer(seed: number) {
  const random = seeded(seed)
  const below = (most: number) => Math.floor(random() * most)
  const word = () => vocabulary[below(vocabulary.length)] ?? ''
  const sentence = () => `${Array.from({ length: 4 + below(8) }, word).join(' ')}.`
  const paragraph = () => Array.from({ length: 1 + below(3) }, sentence).join(' ')
  let count = 0
  const mark = (name: string) => `${name}${++count}`
  function edit(paragraphs: readonly string[], name: string, allowed: (at: number) => boolean = () => true) {
    const result: string[] = []
    paragraphs.forEach((text, at) => {
      if (!allowed(at) || random() < 0.5) return result.push(text)
      const kind = below(4)
      if (kind === 0) return result.push(text, mark(name))
      if (kind === 1) return result.push(mark(name))
      if (kind === 2) return result.push(`${text} ${mark(name)}`)
      const words = text.split(' ')
      words.splice(below(words.length), 0, mark(name))
      return result.push(words.join(' '))
    })
    return result
  }
  return { below, edit, paragraphs: Array.from({ length: 2 + below(8) }, paragraph) }
}

const marks = (text: string, name: string) => text.match(new RegExp(`${name}\\d+`, 'g')) ?? []
const join = (paragraphs: readonly string[]) => paragraphs.join('\n\n')
const seeds = Array.from({ length: 400 }, (_, seed) => seed + 1)

describe('mergeText', () => {
  it('brings edits of different paragraphs together', () => {
    const merged = mergeText('One.\n\nTwo.\n\nThree.', 'One!\n\nTwo.\n\nThree.', 'One.\n\nTwo.\n\nThree?')
    expect(merged).toEqual([{ kind: 'text', text: 'One!\n\nTwo.\n\nThree?' }])
  })

  it('puts a new paragraph after one that somebody else changed', () => {
    const merged = mergeText('The sea is wide.', 'The sea is wide.\n\nMore.', 'The sea is very wide.')
    expect(whole(merged)).toBe('The sea is very wide.\n\nMore.')
  })

  it('brings edits of different words of a paragraph together', () => {
    const base = 'The quick brown fox jumps over the lazy dog.'
    const mine = 'The quick red fox jumps over the lazy dog.'
    const theirs = 'The quick brown fox jumps over the sleeping dog.'
    expect(whole(mergeText(base, mine, theirs))).toBe('The quick red fox jumps over the sleeping dog.')
  })

  it('leaves the choice where both changed the same words', () => {
    const merged = mergeText('A.\n\nOne.\n\nB.', 'A.\n\nMine.\n\nB.', 'A.\n\nTheirs.\n\nB.')
    expect(whole(merged)).toBe('A.\n\n<Mine.|Theirs.>\n\nB.')
  })

  it('does not weave two new versions of a paragraph into each other', () => {
    const base = 'It was late and the lamp was out.'
    const mine = 'Nobody had come, and the night was long.'
    const theirs = 'She waited at the window until the lamp burned down.'
    expect(mergeText(base, mine, theirs)).toEqual([{ kind: 'clash', base, mine, theirs }])
  })

  it('leaves the choice between a paragraph that was deleted and one that was changed', () => {
    expect(whole(mergeText('A.\n\nOne two.\n\nB.', 'A.\n\nB.', 'A.\n\nOne two three.\n\nB.'))).toContain('<')
  })

  it('knows words where no blanks stand between them', () => {
    const merged = mergeText('我们在海边散步了很久。', '我们在河边散步了很久。', '我们在海边散步了一天。')
    expect(whole(merged)).toBe('我们在河边散步了一天。')
  })

  it('shows sentences, not the whole, where a very long paragraph clashes', () => {
    const long = 'Nothing ever happens in this harbour, they say. '.repeat(60)
    const merged = mergeText(`${long}The end.`, `${long}Mine at last.`, `${long}Theirs for good.`)
    expect(merged.at(-1)).toMatchObject({ kind: 'clash', mine: 'Mine at last.', theirs: 'Theirs for good.' })
  })

  it('is quick with a text of 20,000 words', () => {
    const paragraphs = Array.from({ length: 200 }, (_, at) => `${at} ${'word and more '.repeat(33)}`)
    const mine = paragraphs.with(3, 'Mine.').with(150, `${paragraphs[150]} mine`)
    const theirs = paragraphs.with(40, 'Theirs.').with(150, `theirs ${paragraphs[150]}`)
    const begun = performance.now()
    const merged = mergeText(join(paragraphs), join(mine), join(theirs))
    expect(performance.now() - begun).toBeLessThan(1000)
    expect(whole(merged)).toContain('Theirs.')
  })
})

/** One test for many seeds; a failure names its seed. */
function always(name: string, check: (seed: number) => void) {
  it(name, () => {
    for (const seed of seeds) {
      try {
        check(seed)
      } catch (error) {
        throw new Error(`with seed ${seed}`, { cause: error })
      }
    }
  })
}

describe('mergeText, whatever was changed', () => {
  always('loses nothing that either wrote', (seed) => {
    const { paragraphs, edit } = writer(seed)
    const [mine, theirs] = [join(edit(paragraphs, 'mine')), join(edit(paragraphs, 'theirs'))]
    const parts = mergeText(join(paragraphs), mine, theirs)
    const all = whole(parts)
    for (const each of [...marks(mine, 'mine'), ...marks(theirs, 'theirs')]) expect(all).toContain(each)
    // Side by side, each finds its own words, in its own order.
    const side = (name: 'mine' | 'theirs') =>
      parts.map((part) => (part.kind === 'text' ? part.text : part[name])).join('')
    expect(marks(side('mine'), 'mine')).toEqual(marks(mine, 'mine'))
    expect(marks(side('theirs'), 'theirs')).toEqual(marks(theirs, 'theirs'))
  })

  always('asks nobody when different paragraphs were changed, and the order is the same', (seed) => {
    const { paragraphs, edit } = writer(seed)
    const mine = join(edit(paragraphs, 'mine', (at) => at % 2 === 0))
    const theirs = join(edit(paragraphs, 'theirs', (at) => at % 2 === 1))
    const parts = mergeText(join(paragraphs), mine, theirs)
    expect(parts.every(({ kind }) => kind === 'text')).toBe(true)
    expect(mergeText(join(paragraphs), theirs, mine)).toEqual(parts)
  })

  always('is what one wrote where the other wrote nothing, or the same', (seed) => {
    const { paragraphs, edit } = writer(seed)
    const [base, changed] = [join(paragraphs), join(edit(paragraphs, 'mine'))]
    expect(whole(mergeText(base, changed, base))).toBe(changed)
    expect(whole(mergeText(base, base, changed))).toBe(changed)
    expect(whole(mergeText(base, changed, changed))).toBe(changed)
  })
})

describe('mergeDrafts', () => {
  it('brings changes of different fields together', () => {
    const merge = mergeDrafts(draft('One.'), draft('Mine.'), draft('One.', 'Theirs'))
    expect(merge.clashes).toEqual([])
    expect(merge.resolve()).toMatchObject({ body: 'Mine.', title: 'Theirs' })
  })

  it('gives each clash as it was chosen', () => {
    const { clashes, resolve } = mergeDrafts(
      draft('A.\n\nB.', 'Old'),
      draft('Mine A.\n\nMine B.', 'Mine'),
      draft('Theirs A.\n\nTheirs B.', 'Theirs'),
    )
    expect(clashes.map(({ field, joinable }) => [field, joinable])).toEqual([
      ['title', false],
      ['body', true],
      ['body', true],
    ])
    expect(resolve(['theirs', 'both', 'theirs'])).toMatchObject({
      title: 'Theirs',
      body: 'Mine A.\n\nTheirs A.\n\nTheirs B.',
    })
    expect(resolve()).toMatchObject({ title: 'Mine', body: 'Mine A.\n\nMine B.' })
  })

  it('leaves fields that are no texts as they are until somebody chooses', () => {
    const base = draft('One.')
    const { clashes, resolve } = mergeDrafts(
      base,
      { ...base, featured: true, slug: 'a' },
      { ...base, slug: 'b' },
    )
    expect(clashes).toMatchObject([{ field: 'slug', mine: 'a', theirs: 'b', joinable: false }])
    expect(resolve(['theirs'])).toMatchObject({ slug: 'b', featured: true })
  })

  it('sees no clash where both wrote the same', () => {
    const same = draft('Same.')
    expect(mergeDrafts(draft('One.'), same, same).clashes).toEqual([])
  })
})
