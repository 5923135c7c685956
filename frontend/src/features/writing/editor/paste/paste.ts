import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

import { isAddress, linkMarkdown } from '../commands/inline'
import { inCode } from '../commands/where'

interface Options {
  /** Files that were pasted or dropped, and where they belong. */
  readonly files: (files: File[], position: number) => void
  /** The text came without its formatting, because that could not be read. */
  readonly failed: () => void
  /** Whether HTML becomes Markdown. */
  readonly markdown: () => boolean
}

/** Puts a text in as one step that undo takes back. */
export function pasteText(view: EditorView, text: string): void {
  const { state } = view
  view.dispatch(state.replaceSelection(state.toText(text)), {
    userEvent: 'input.paste',
    scrollIntoView: true,
  })
}

/** What a code editor copies is code, whatever HTML it adds for colours. */
const isCode = (data: DataTransfer): boolean => data.types.includes('vscode-editor-data')
/** HTML that says no more than the text does. */
const isPlain = (html: string): boolean =>
  !/<(a|b|strong|i|em|u|s|del|h[1-6]|ul|ol|li|table|img|blockquote|pre|code|hr)[\s>]|mso-list|font-(weight|style)/i.test(
    html,
  )

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])]

async function pasteHtml(view: EditorView, html: string, text: string, failed: () => void): Promise<void> {
  let markdown: string
  try {
    const { toMarkdown } = await import('./to-markdown')
    markdown = toMarkdown(html)
  } catch {
    // The part that reads HTML could not be loaded: the text itself must not be lost for that.
    failed()
    markdown = text
  }
  pasteText(view, markdown || text)
}

/** Makes links of selected words that an address is pasted on. */
function pasteLink(view: EditorView, address: string): boolean {
  const { state } = view
  const { main } = state.selection
  const words = state.sliceDoc(main.from, main.to)
  if (main.empty || words.includes('\n') || isAddress(words) || inCode(state, main.head)) return false
  pasteText(view, linkMarkdown(words, address.trim()))
  return true
}

/** Paste and drop: files to whoever takes them, HTML as Markdown, an address on words as their link. */
export function smartPaste({ files, failed, markdown }: Options): Extension {
  let plain = false
  return EditorView.domEventHandlers({
    keydown(event) {
      plain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v'
    },
    paste(event, view) {
      const data = event.clipboardData
      if (!data) return false
      const text = data.getData('text/plain')
      const html = data.getData('text/html')
      const wantsPlain = plain
      plain = false
      const pasted = filesOf(data)
      // A word processor adds a picture of the text to the text.
      if (pasted.length > 0 && text === '') {
        files(pasted, view.state.selection.main.from)
        return true
      }
      if (!markdown() || wantsPlain || inCode(view.state, view.state.selection.main.head)) return false
      if (isAddress(text) && pasteLink(view, text)) return true
      if (html === '' || isCode(data) || isPlain(html)) return false
      void pasteHtml(view, html, text, failed)
      return true
    },
    drop(event, view) {
      const dropped = filesOf(event.dataTransfer)
      if (dropped.length === 0) return false
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }, false)
      files(dropped, at)
      return true
    },
  })
}
