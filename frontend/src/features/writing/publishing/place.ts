import type { EditorView } from '@codemirror/view'
import { nextTick, type Ref } from 'vue'

import type { Place } from './checks'

interface Parts {
  readonly title: Readonly<Ref<HTMLTextAreaElement | null>>
  readonly body: () => EditorView | undefined
  /** Opens the tab beside the text that holds the details. */
  readonly openDetails: () => void
}

const names = { excerpt: 'excerpt', cover: 'cover-alt' } as const

/** Heights of lines that were never seen are guessed: a long way may take a few steps. */
const mostSteps = 10

function scrollTo(view: EditorView, position: number, steps = mostSteps): void {
  const away = view.documentTop + view.lineBlockAt(position).top - window.innerHeight / 3
  if (Math.abs(away) > 1) window.scrollBy({ top: away, behavior: 'instant' })
  if (steps > 1) requestAnimationFrame(() => scrollTo(view, position, steps - 1))
}

function goToLine(view: EditorView, line: number): void {
  const { doc } = view.state
  const { from } = doc.line(Math.min(Math.max(1, line), doc.lines))
  view.focus()
  view.dispatch({ selection: { anchor: from } })
  scrollTo(view, from)
}

/** Takes the author to where the check before publishing found something. */
export async function goToPlace({ field, line }: Place, { title, body, openDetails }: Parts): Promise<void> {
  const view = body()
  if (field === 'title') title.value?.focus()
  else if (field !== 'body') {
    openDetails()
    await nextTick()
    document.querySelector<HTMLElement>(`.editor [name="${names[field]}"]`)?.focus()
  } else if (view) goToLine(view, line ?? 1)
}
