import { describe, expect, it } from 'vitest'

import { blockInsertion, mapPosition } from './positions'

/** Where "|" is after the change; it marks the place in `before`. */
function mapped(before: string, after: string): string {
  const position = before.indexOf('|')
  const at = mapPosition(before.replace('|', ''), after, position)
  return `${after.slice(0, at)}|${after.slice(at)}`
}

describe('a remembered place', () => {
  it.each([
    ['One. Two.|', 'Zero. One. Two.', 'Zero. One. Two.|'],
    ['One.| Two.', 'One. Two. Three.', 'One.| Two. Three.'],
    ['One.|', 'One. And on.', 'One.| And on.'],
    ['One. Tw|o. Three.', 'One. Three.', 'One. T|hree.'],
    ['One. Two.|', 'One.', 'One.|'],
    ['One.\nTw|o.\nThree.', 'Zero.\nTwo.\nThree and four.', 'Zero.\nTw|o.\nThree and four.'],
    ['One.\nTw|o.\nThree.', 'Two.\n-\nTwo.', '|Two.\n-\nTwo.'],
    ['a\nTwo|', 'b\nTwo\nc', 'b\nTwo|\nc'],
    ['One|', '', '|'],
    ['|', 'One', '|One'],
    ['One|', 'One', 'One|'],
  ])('in %j is, in %j, here: %j', (before, after, expected) => {
    expect(mapped(before, after)).toBe(expected)
  })
})

/** The text with a picture put in at "|". */
function withPicture(marked: string): string {
  const text = marked.replace('|', '')
  const { at, text: inserted } = blockInsertion(text, marked.indexOf('|'), '![]')
  return text.slice(0, at) + inserted + text.slice(at)
}

describe('a picture that is put in', () => {
  it.each([
    ['|', '![]\n'],
    ['One.|', 'One.\n\n![]\n'],
    ['One.\n\n|', 'One.\n\n![]\n'],
    ['|One.', 'One.\n\n![]\n'],
    ['On|e.\ngoes on.\n\nTwo.', 'One.\ngoes on.\n\n![]\n\nTwo.'],
    ['One.|\n\nTwo.', 'One.\n\n![]\n\nTwo.'],
    ['One.\n|\nTwo.', 'One.\n\n![]\n\nTwo.'],
    ['One.\n\n|Two.\n', 'One.\n\nTwo.\n\n![]\n'],
  ])('to %j stands by itself: %j', (marked, expected) => {
    expect(withPicture(marked)).toBe(expected)
  })

  it('does not cut a piece of code in two', () => {
    expect(withPicture('```\na\n|\nb\n```\n\nEnd.')).toBe('```\na\n\nb\n```\n\n![]\n\nEnd.')
    expect(withPicture('~~~~\n```\n|\n~~~\n~~~~\nEnd.')).toBe('~~~~\n```\n\n~~~\n~~~~\nEnd.\n\n![]\n')
  })

  it('does not cut a table in two', () => {
    const table = '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |'
    expect(blockInsertion(table, table.indexOf('1'), '![]').at).toBe(table.length)
  })

  it('is put in at the end where the text became shorter than the place', () => {
    expect(blockInsertion('One.', 99, '![]')).toEqual({ at: 4, text: '\n\n![]\n' })
  })
})
