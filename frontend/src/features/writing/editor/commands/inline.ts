import { EditorSelection, type SelectionRange, type StateCommand } from '@codemirror/state'

import { nodeAt } from './where'

interface Pair {
  readonly mark: string
  readonly node: string
}

const pairs = {
  strong: { mark: '**', node: 'StrongEmphasis' },
  emphasis: { mark: '*', node: 'Emphasis' },
  strike: { mark: '~~', node: 'Strikethrough' },
  code: { mark: '`', node: 'InlineCode' },
} satisfies Record<string, Pair>

/** Puts marks around what is selected, or around the word at the cursor; where they are already, takes them away. */
export const toggleInline =
  (kind: keyof typeof pairs): StateCommand =>
  ({ state, dispatch }) => {
    const { mark, node } = pairs[kind]
    const change = state.changeByRange((range) => {
      const inside = nodeAt(state, range.head, node)
      if (inside && inside.from <= range.from && inside.to >= range.to) {
        const width = kind === 'code' ? (inside.firstChild?.to ?? inside.from + 1) - inside.from : mark.length
        const changes = [
          { from: inside.from, to: inside.from + width },
          { from: inside.to - width, to: inside.to },
        ]
        const set = state.changes(changes)
        return { changes, range: EditorSelection.range(set.mapPos(range.anchor), set.mapPos(range.head)) }
      }
      const { from, to } = worth(
        state.sliceDoc.bind(state),
        range.empty ? (state.wordAt(range.head) ?? range) : range,
      )
      const changes = [
        { from, insert: mark },
        { from: to, insert: mark },
      ]
      const shift = mark.length
      const moved = range.empty
        ? EditorSelection.cursor(range.head + shift)
        : EditorSelection.range(from + shift, to + shift)
      return { changes, range: moved }
    })
    dispatch(state.update(change, { userEvent: 'input.format', scrollIntoView: true }))
    return true
  }

/** The range without blanks at its ends: marks beside a blank mean nothing. */
function worth(
  slice: (from: number, to: number) => string,
  { from, to }: SelectionRange,
): { from: number; to: number } {
  const text = slice(from, to)
  if (text.trim() === '') return { from, to }
  return {
    from: from + (text.length - text.trimStart().length),
    to: to - (text.length - text.trimEnd().length),
  }
}

const address = /^(https?:\/\/|mailto:)[^\s<>]+$/i
export const isAddress = (text: string): boolean => address.test(text.trim())

/** A link as Markdown writes it; an address with odd characters goes into angle brackets. */
export const linkMarkdown = (text: string, url: string): string =>
  `[${text.replaceAll(/([\\[\]])/g, '\\$1')}](${/[\s()<>]/.test(url) ? `<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>` : url})`

/** Makes a link of what is selected, and selects what is still to be filled in. In a link it selects the address. */
export const toggleLink: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection
  const url = nodeAt(state, main.head, 'Link')?.getChild('URL')
  if (url) {
    dispatch(state.update({ selection: { anchor: url.from, head: url.to }, scrollIntoView: true }))
    return true
  }
  const text = state.sliceDoc(main.from, main.to)
  const isUrl = isAddress(text)
  const insert = isUrl ? `[](${text.trim()})` : `[${text}](https://)`
  const end = main.from + insert.length - 1
  const selection =
    isUrl || text === '' ? { anchor: main.from + 1 } : { anchor: end - 'https://'.length, head: end }
  dispatch(
    state.update({
      changes: { from: main.from, to: main.to, insert },
      selection,
      userEvent: 'input.format',
      scrollIntoView: true,
    }),
  )
  return true
}
