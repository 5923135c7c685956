import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** How often a jump goes on, a frame after the last. */
const most = 4

/**
 * Jumps end where they should. The height of a long text is an estimate until it is shown, so a jump may find what it
 * led to further away than it was; then it goes on from where it is.
 */
export const reachCursor: Extension = EditorView.updateListener.of(({ view, transactions }) => {
  if (transactions.some((each) => each.scrollIntoView && !each.isUserEvent('input.type'))) goOn(view, most)
})

function goOn(view: EditorView, left: number): void {
  requestAnimationFrame(() => {
    if (left === 0 || !view.dom.isConnected) return
    const { head } = view.state.selection.main
    const place = view.coordsAtPos(head)
    if (place && place.top >= 0 && place.bottom <= window.innerHeight) return
    view.dispatch({ effects: EditorView.scrollIntoView(head) })
    goOn(view, left - 1)
  })
}
