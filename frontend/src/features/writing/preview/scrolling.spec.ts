import { describe, expect, it } from 'vitest'

import { anchorsOf, lineAt, topOf } from './scrolling'

/** A preview of blocks that begin so far down, in one that is 1000 pixels long. */
function pane(blocks: readonly (readonly [line: string, top: number])[], scrolled = 0): HTMLElement {
  const element = document.createElement('div')
  Object.defineProperties(element, { scrollHeight: { value: 1000 }, scrollTop: { value: scrolled } })
  element.getBoundingClientRect = () => ({ top: 50 }) as DOMRect
  for (const [line, top] of blocks) {
    const block = document.createElement('p')
    block.dataset.line = line
    block.getBoundingClientRect = () => ({ top: 50 + top - scrolled }) as DOMRect
    element.append(block)
  }
  return element
}

describe('scrolling a preview along', () => {
  const blocks = [
    ['1', 300],
    ['5', 400],
    ['9', 800],
  ] as const
  const anchors = anchorsOf(pane(blocks), 10)

  it.each([
    [1, 0],
    [5, 400],
    [7, 600],
    [8.5, 750],
    [11, 1000],
    [40, 1000],
  ])('shows line %d at %d pixels, and finds it there', (line, top) => {
    expect(topOf(line, anchors)).toBe(top)
    expect(lineAt(top, anchors)).toBe(Math.min(line, 11))
  })

  it('finds the same places wherever it is scrolled to', () => {
    expect(anchorsOf(pane(blocks, 250), 10)).toEqual(anchors)
  })

  it('leaves out what is not where it stands in the source, or of an older text', () => {
    const disordered = pane([
      ['5', 400],
      ['3', 500],
      ['9', 450],
      ['7', 900],
      ['44', 950],
    ])
    expect(anchorsOf(disordered, 10).map(({ line }) => line)).toEqual([1, 5, 9, 11])
  })

  it('goes by proportion where no line is known', () => {
    const bare = anchorsOf(pane([]), 9)
    expect(topOf(5.5, bare)).toBe(500)
    expect(lineAt(500, bare)).toBe(5.5)
  })
})
