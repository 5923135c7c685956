interface Options {
  readonly text: () => string
  readonly replace: (text: string) => void
  readonly save: () => void
}

const marks: Record<string, readonly [string, string]> = {
  b: ['**', '**'],
  i: ['*', '*'],
  e: ['`', '`'],
  k: ['[', '](https://)'],
}

/** Puts `before` and `after` around the selection of a text field, in a way that the browser can undo. */
export function surround(field: HTMLTextAreaElement, before: string, after: string): string {
  const { selectionStart: start, selectionEnd: end, value } = field
  const chosen = value.slice(start, end)
  // Deprecated, but the only way to change a field that keeps the browser's undo.
  const undoable = document.execCommand?.('insertText', false, before + chosen + after) ?? false
  if (!undoable) field.setRangeText(before + chosen + after, start, end, 'end')
  field.setSelectionRange(start + before.length, start + before.length + chosen.length)
  return field.value
}

/** The keys that writers of Markdown expect: ⌘/Ctrl with B, I, E, K, and S to save now. */
export function useMarkdownKeys({ text, replace, save }: Options) {
  function onKeydown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    const key = event.key.toLowerCase()
    if (key === 's') {
      event.preventDefault()
      save()
      return
    }
    const mark = marks[key]
    if (!mark || !(event.target instanceof HTMLTextAreaElement)) return
    event.preventDefault()
    const next = surround(event.target, ...mark)
    if (next !== text()) replace(next)
  }
  return { onKeydown }
}
