import { closeSearchPanel, search, searchKeymap, type SearchQuery } from '@codemirror/search'
import { Prec, type EditorState, type Extension } from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'

/** More places than this are not counted. */
const most = 1_000

/** Search in the text. What it looks like is the component's own affair: it is told when to show it. */
export const finding = (shown: (open: boolean) => void): Extension => [
  search({
    top: true,
    createPanel: () => {
      const dom = document.createElement('div')
      dom.hidden = true
      return { dom, top: true, mount: () => shown(true), destroy: () => shown(false) }
    },
  }),
  Prec.high(keymap.of([{ key: 'Mod-h', run: (view) => openFind(view), preventDefault: true }])),
  keymap.of(searchKeymap),
]

const openKey = searchKeymap.find(({ key }) => key === 'Mod-f')
export const openFind = (view: EditorView): boolean => openKey?.run?.(view) ?? false
export const closeFind = (view: EditorView): boolean => closeSearchPanel(view)

interface Places {
  /** Which one is selected, counted from 1; 0 where none is. */
  readonly at: number
  readonly total: number
}

/** How many places a query has, and which of them is selected. */
export function placesOf(state: EditorState, query: SearchQuery): Places {
  let at = 0
  let total = 0
  if (!query.valid) return { at, total }
  const { from, to } = state.selection.main
  const cursor = query.getCursor(state)
  for (let next = cursor.next(); !next.done && total < most; next = cursor.next()) {
    total += 1
    if (next.value.from === from && next.value.to === to) at = total
  }
  return { at, total }
}
