import { syntaxTree } from '@codemirror/language'
import type { Extension, Range } from '@codemirror/state'
import {
  Decoration,
  type EditorView,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'

import { decorateBlock } from './blocks'
import { decorateInline } from './inline'
import { eachLine, type Page } from './page'
import type { Words } from './words'

/** Each line runs as its own first letter does; where no such letter is, there is nothing to find out. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufefc]/
const ownDirection = Decoration.line({ attributes: { dir: 'auto' } })

function decorate(view: EditorView, words: Words): DecorationSet {
  const { state } = view
  const ranges: Range<Decoration>[] = []
  const writing = view.hasFocus
  const touched = (from: number, to: number): boolean =>
    writing && state.selection.ranges.some((range) => range.from <= to && range.to >= from)
  for (const { from, to } of view.visibleRanges) {
    const page: Page = {
      state,
      words,
      touched,
      onLine: (start, end = start) => touched(state.doc.lineAt(start).from, state.doc.lineAt(end).to),
      add: (range) => ranges.push(range),
      from,
      to,
    }
    const finish = decorateBlock(page)
    syntaxTree(state).iterate({
      from,
      to,
      enter: (node) => {
        finish.enter(node)
        return decorateInline(page, node)
      },
    })
    finish.end()
    eachLine(page, { from, to }, (start) => {
      if (rightToLeft.test(state.doc.lineAt(start).text)) ranges.push(ownDirection.range(start))
    })
  }
  return Decoration.set(ranges, true)
}

const looksOther = (update: ViewUpdate): boolean =>
  update.docChanged ||
  update.selectionSet ||
  update.viewportChanged ||
  update.focusChanged ||
  syntaxTree(update.startState) !== syntaxTree(update.state)

/** Shows Markdown as what it means, where it stands. The text itself is never changed by this. */
export const inPlace = (words: Words): Extension =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet

      constructor(view: EditorView) {
        this.decorations = decorate(view, words)
      }

      update(update: ViewUpdate): void {
        if (looksOther(update)) this.decorations = decorate(update.view, words)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
