import { closeSearchPanel, openSearchPanel, search, searchKeymap, type SearchQuery } from '@codemirror/search'
import { StateEffect, type EditorState, type Extension } from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'

/** More places than this are not counted. */
const most = 1_000

/** Keys that go on with a search that was begun; the one that begins it belongs to the editor. */
const goingOn = searchKeymap.filter(({ key }) => key === 'F3' || key === 'Mod-g' || key === 'Escape')

/** Search in the text. What it looks like is the component's own affair: it is told when to show it. */
const finding = (shown: (open: boolean) => void): Extension => [
  search({
    top: true,
    createPanel: () => {
      const dom = document.createElement('div')
      dom.hidden = true
      return { dom, top: true, mount: () => shown(true), destroy: () => shown(false) }
    },
  }),
  keymap.of(goingOn),
]

const prepared = new WeakSet<EditorView>()

/** Opens the search; an editor that had none before gets it. */
export function openFind(view: EditorView, shown: (open: boolean) => void): void {
  if (!prepared.has(view)) view.dispatch({ effects: StateEffect.appendConfig.of(finding(shown)) })
  prepared.add(view)
  openSearchPanel(view)
}
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
