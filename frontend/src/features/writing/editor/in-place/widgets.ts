import { WidgetType, type EditorView } from '@codemirror/view'

/** A word or sign that stands for marks, such as the bullet of a list. */
export class SignWidget extends WidgetType {
  constructor(
    readonly text: string,
    readonly look: string,
  ) {
    super()
  }

  override eq(other: SignWidget): boolean {
    return other.text === this.text && other.look === this.look
  }

  override toDOM(): HTMLElement {
    const sign = document.createElement('span')
    sign.className = this.look
    sign.textContent = this.text
    return sign
  }

  override ignoreEvent(): boolean {
    return false
  }
}

/** The box of a task, which can be ticked. */
export class TaskWidget extends WidgetType {
  constructor(
    readonly done: boolean,
    readonly label: string,
  ) {
    super()
  }

  override eq(other: TaskWidget): boolean {
    return other.done === this.done && other.label === this.label
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.className = 'md-task'
    box.checked = this.done
    // One reaches it with the mouse or a finger; with the keyboard one types the x, or uses the toolbar.
    box.tabIndex = -1
    box.setAttribute('aria-label', this.label)
    box.addEventListener('mousedown', (event) => event.preventDefault())
    box.addEventListener('click', (event) => {
      event.preventDefault()
      tick(view, view.posAtDOM(box))
    })
    return box
  }

  override ignoreEvent(): boolean {
    return true
  }
}

/** Ticks the task whose box begins at `at`, or unticks it. */
export function tick(view: EditorView, at: number): void {
  const box = view.state.sliceDoc(at, at + 3)
  if (!/^\[[ xX]\]$/.test(box)) return
  view.dispatch({
    changes: { from: at + 1, to: at + 2, insert: box === '[ ]' ? 'x' : ' ' },
    userEvent: 'input.task',
  })
}

/** The picture that an image in the text shows. */
export class ImageWidget extends WidgetType {
  constructor(
    readonly url: string,
    readonly alt: string,
    /** Says nothing on purpose. */
    readonly decorative: boolean,
    readonly words: {
      readonly broken: string
      readonly refused: string
      readonly noAlt: string
      readonly decorative: string
    },
  ) {
    super()
  }

  override eq(other: ImageWidget): boolean {
    return other.url === this.url && other.alt === this.alt && other.decorative === this.decorative
  }

  override toDOM(view: EditorView): HTMLElement {
    const frame = document.createElement('span')
    frame.className = 'md-image'
    const note = document.createElement('span')
    note.className = 'md-image-alt'
    note.classList.toggle('md-image-no-alt', !this.alt && !this.decorative)
    note.textContent = this.alt || (this.decorative ? this.words.decorative : this.words.noAlt)
    if (!isShowable(this.url)) {
      frame.classList.add('md-image-broken')
      frame.textContent = this.words.refused
      return frame
    }
    const image = document.createElement('img')
    image.alt = this.alt
    image.decoding = 'async'
    image.draggable = false
    image.referrerPolicy = 'no-referrer'
    image.addEventListener('load', () => view.requestMeasure())
    image.addEventListener('error', () => {
      frame.classList.add('md-image-broken')
      frame.replaceChildren(this.words.broken)
      view.requestMeasure()
    })
    image.src = this.url
    frame.append(image, note)
    return frame
  }

  override get estimatedHeight(): number {
    return -1
  }

  override ignoreEvent(): boolean {
    return false
  }
}

/** Pictures come from https, or are our own; anything else the reader would not get either. */
export const isShowable = (url: string): boolean =>
  /^https:\/\/[^\s]+$/i.test(url) || /^\/media\/[^\s]+$/.test(url)
