import type { EditorView } from '@codemirror/view'
import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'

/** Says, once a frame while it moves, which line is the first that is seen, and how much of it has gone by. */
export function useScrolling(
  view: ShallowRef<EditorView | null>,
  tell: (line: number, fraction: number) => void,
): void {
  let waiting = 0

  function look(): void {
    waiting = 0
    const editor = view.value
    if (!editor) return
    const gone = Math.max(0, -editor.documentTop)
    const block = editor.lineBlockAtHeight(gone)
    const fraction = block.height > 0 ? Math.min(1, Math.max(0, (gone - block.top) / block.height)) : 0
    tell(editor.state.doc.lineAt(block.from).number, fraction)
  }
  const onScroll = (): void => {
    waiting ||= requestAnimationFrame(look)
  }

  // Whatever scrolls: the page, or something that the editor stands in.
  onMounted(() => window.addEventListener('scroll', onScroll, { capture: true, passive: true }))
  onBeforeUnmount(() => {
    window.removeEventListener('scroll', onScroll, { capture: true })
    cancelAnimationFrame(waiting)
  })
}
