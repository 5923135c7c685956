import { Compartment, type Extension } from '@codemirror/state'
import { EditorView, type ViewUpdate } from '@codemirror/view'

import type { Slash } from './slash'

/** Whether a slash was typed where a line begins: the first is what the menu is loaded for. */
function isAsked({ docChanged, transactions, state }: ViewUpdate): boolean {
  if (!docChanged || !transactions.some((each) => each.isUserEvent('input.type'))) return false
  const { head } = state.selection.main
  const typed = state.sliceDoc(state.doc.lineAt(head).from, head)
  return typed.endsWith('/') && /^[\s>]*(?:[-+*]\s+|\d{1,9}[.)]\s+)?\/$/.test(typed)
}

/** The menu that a slash opens. It comes with the first slash, and not before: many never type one. */
export function slashWhenAsked(slash: Slash): Extension {
  const menu = new Compartment()
  let asked = false
  return [
    menu.of([]),
    EditorView.updateListener.of((update) => {
      if (asked || !isAsked(update)) return
      asked = true
      void open(update.view)
    }),
  ]

  async function open(view: EditorView): Promise<void> {
    try {
      const { slashMenu, openMenu } = await import('./slash')
      if (!view.dom.isConnected) return
      view.dispatch({ effects: menu.reconfigure(slashMenu(slash)) })
      openMenu(view)
    } catch {
      // Without a connection there is no menu yet; the next slash asks again.
      asked = false
    }
  }
}
