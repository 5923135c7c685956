import { describe, expect, it } from 'vitest'

import { compareTexts, tokens, type Part } from './diff'

const text = (parts: readonly Part[], ...kinds: Part['kind'][]) =>
  parts
    .filter(({ kind }) => kinds.includes(kind))
    .map((part) => part.text)
    .join('')

/** "kept [-gone-] {+new+}" */
const shown = (before: string, after: string) =>
  compareTexts(before, after)
    .map(({ kind, text: words }) =>
      kind === 'same' ? words : kind === 'added' ? `{+${words}+}` : `[-${words}-]`,
    )
    .join('')

/** A small generator of its own, so that a failure can be repeated. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

describe('compareTexts', () => {
  it.each([
    ['Salt keeps.', 'Salt keeps well.', 'Salt keeps{+ well+}.'],
    ['the quick brown fox', 'the slow red fox', 'the [-quick brown-]{+slow red+} fox'],
    ['Same.\n\nOld.\n', 'Same.\n\nNew.\n', 'Same.\n\n[-Old-]{+New+}.\n'],
    ['один два три', 'один пять три', 'один [-два-]{+пять+} три'],
    ['Ends.', 'Ends.  \n', 'Ends.{+  \n+}'],
    ['', 'All new', '{+All new+}'],
    ['Gone\nKept\n', 'Kept\n', '[-Gone\n-]Kept\n'],
    ['Same', 'Same', 'Same'],
    ['', '', ''],
    ['東京は大きい。', '京都は大きい。', '[-東京-]{+京都+}は大きい。'],
  ])('of %j and %j', (before, after, expected) => {
    expect(shown(before, after)).toBe(expected)
  })

  it('compares the source of HTML as well', () => {
    expect(shown('<p>Old <em>words</em></p>\n', '<p>New <em>words</em></p>\n')).toBe(
      '<p>[-Old-]{+New+} <em>words</em></p>\n',
    )
  })

  it('loses and invents nothing of either text', () => {
    const next = random(7)
    const pieces = ['salt', ' ', '\n', '\r\n', 'море', '—', '\t', '漢字', 'e\u0301', '🧂', '<b>', '  ']
    const make = () => Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join('')
    for (let round = 0; round < 400; round += 1) {
      const before = make()
      const after = next(3) === 0 ? make() : before.replace(pieces[next(pieces.length)] ?? '', make())
      const parts = compareTexts(before, after)
      expect(text(parts, 'same', 'removed')).toBe(before)
      expect(text(parts, 'same', 'added')).toBe(after)
      expect(parts.some((part, at) => part.text === '' || part.kind === parts[at + 1]?.kind)).toBe(false)
    }
  })

  it('gives up on words where nothing is left of twenty thousand, and shows both texts', () => {
    const next = random(3)
    const words = (count: number) => Array.from({ length: count }, () => `w${next(3000)}`).join(' ')
    const [before, after] = [words(20_000), words(20_000)]
    expect(compareTexts(before, after)).toEqual([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ])
  })

  it('finds the one word that changed among twenty thousand', () => {
    const paragraphs = Array.from({ length: 200 }, (_, at) => `${at} ${'salt keeps '.repeat(50)}`)
    const before = paragraphs.join('\n\n')
    const parts = compareTexts(before, before.replace('150 salt', '150 sugar'))
    expect(parts.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'salt' },
      { kind: 'added', text: 'sugar' },
    ])
  })
})

it('takes a text apart without losing a letter', () => {
  const odd = '  Ein „Wort“,\r\n漢字かな e\u0301 🧂\n\n'
  expect(tokens(odd).join('')).toBe(odd)
})
