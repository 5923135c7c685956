import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

import { exactText, setsBreaks } from './exact'
import { htmlLanguage } from './language/code-languages'
import { fromOutside, outsideChange } from './outside'
import { htmlSurface, surfaceState } from './surface'

interface Options {
  readonly host: Readonly<ShallowRef<HTMLElement | null>>
  readonly text: Ref<string>
  readonly placeholder: string
  readonly phrases: Record<string, string>
  /** Attributes of the field itself: what it is called, which language it is in. */
  readonly attributes: () => Record<string, string>
  /** What the surface is for Markdown; null makes it one for HTML. */
  readonly markdown: () => Extension | null
  readonly extensions: Extension
}

/** A view of CodeMirror whose text is a model's, and that says what its state is. */
export function useSurface(options: Options) {
  const { host, text } = options
  const view = shallowRef<EditorView | null>(null)
  const state = shallowRef<EditorState>(EditorState.create())
  const named = new Compartment()
  const language = new Compartment()
  /** The text that the other side of the model has. */
  let told = text.value

  const attributes = (): Extension => EditorView.contentAttributes.of(options.attributes())
  const following = EditorView.updateListener.of((update) => {
    if (update.docChanged || update.selectionSet) state.value = update.state
    const outside = update.transactions.some((each) => each.annotation(fromOutside) || setsBreaks(each))
    if (!update.docChanged || outside) return
    told = exactText(update.state)
    text.value = told
  })

  async function readHtml(): Promise<void> {
    const support = await htmlLanguage()
    if (options.markdown() === null) {
      view.value?.dispatch({ effects: language.reconfigure(htmlSurface(support)) })
    }
  }

  onMounted(() => {
    if (!host.value) return
    const markdown = options.markdown()
    const initial = surfaceState({
      text: text.value,
      placeholder: options.placeholder,
      phrases: options.phrases,
      around: [named.of(attributes()), options.extensions, following, language.of(markdown ?? [])],
    })
    state.value = initial
    view.value = new EditorView({ parent: host.value, state: initial })
    if (!markdown) void readHtml()
  })
  onBeforeUnmount(() => {
    view.value?.destroy()
    view.value = null
  })

  watch(text, (now) => {
    const editor = view.value
    if (!editor || now === told) return
    told = now
    editor.dispatch(outsideChange(editor.state, now))
  })
  watch(options.attributes, () => view.value?.dispatch({ effects: named.reconfigure(attributes()) }))
  watch(
    () => options.markdown() === null,
    (html) => {
      if (html) void readHtml()
      else view.value?.dispatch({ effects: language.reconfigure(options.markdown() ?? []) })
    },
  )

  return { view, state }
}

/**
 * Where the tools stand over the text, above it or (on a phone) below it, so that the cursor never goes behind them.
 * No more than they really cover: at the beginning of the text they cover nothing.
 */
export const coveredBy = (tools: () => HTMLElement | null): Extension =>
  EditorView.scrollMargins.of((view) => {
    const over = tools()?.getBoundingClientRect()
    const { top, bottom } = view.scrollDOM.getBoundingClientRect()
    if (!over) return null
    const below = over.top > window.innerHeight / 2
    const covered = below ? bottom - over.top : over.bottom - top
    const margin = Math.max(0, Math.min(covered, below ? window.innerHeight - over.top : over.bottom))
    return below ? { bottom: margin } : { top: margin }
  })

/** A key that only tells somebody. */
export const tellingKey = (key: string, tell: () => void): Extension =>
  keymap.of([
    {
      key,
      preventDefault: true,
      run: () => {
        tell()
        return true
      },
    },
  ])
