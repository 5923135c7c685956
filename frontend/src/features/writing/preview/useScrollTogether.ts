import { nextTick, onBeforeUnmount, onMounted, watch, type Ref } from 'vue'

import { anchorsOf, lineAt, topOf, type Anchor } from './scrolling'

/** How long after its last movement by hand the preview leads and the editor follows, in milliseconds. */
const leading = 800

interface Options {
  readonly pane: Readonly<Ref<HTMLElement | null>>
  /** What is shown; with it, everything has another place. */
  readonly content: Readonly<Ref<string>>
  /** How many lines the source of it has. */
  readonly lines: Readonly<Ref<number>>
  /** The line at the top of the editor. */
  readonly line: () => number | undefined
  /** The preview was scrolled by hand. */
  readonly moved: (line: number) => void
}

/** Keeps a preview and its editor at the same place: whichever is moved by hand leads. */
export function useScrollTogether({ pane, content, lines, line, moved }: Options) {
  let known: readonly Anchor[] | null = null
  let leads = 0
  const forget = (): void => void (known = null)
  // Pictures and fonts that arrive move what is below them.
  const watcher = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(forget)

  const anchors = (element: HTMLElement): readonly Anchor[] => (known ??= anchorsOf(element, lines.value))
  const scrollsItself = (element: HTMLElement): boolean => element.scrollHeight > element.clientHeight + 1

  function follow(): void {
    const element = pane.value
    const at = line()
    if (!element || at === undefined || performance.now() < leads || !scrollsItself(element)) return
    const top = topOf(at, anchors(element))
    // The line is at the top of the window, below which the preview begins.
    element.scrollTop = top + Math.min(top, Math.max(0, element.getBoundingClientRect().top))
  }

  function onOwnMove(): void {
    leads = performance.now() + leading
  }

  function onScroll(): void {
    const element = pane.value
    if (!element || performance.now() >= leads) return
    onOwnMove()
    moved(lineAt(element.scrollTop, anchors(element)))
  }

  /** Where the two take turns, as on a phone, one begins where one was. */
  function arrive(): void {
    const element = pane.value
    const at = line()
    if (!element || at === undefined) return
    if (scrollsItself(element)) return follow()
    if (at > 1) window.scrollBy({ top: element.getBoundingClientRect().top + topOf(at, anchors(element)) })
  }

  async function show(now: string, before: string): Promise<void> {
    await nextTick()
    forget()
    const sheet = pane.value?.firstElementChild
    if (sheet) watcher?.observe(sheet)
    if (before === '' && now !== '') arrive()
    else follow()
  }

  watch(content, (now, before) => void show(now, before))
  watch(line, follow)
  onMounted(() => {
    if (content.value !== '') void show(content.value, '')
  })
  onBeforeUnmount(() => watcher?.disconnect())

  return { onScroll, onOwnMove }
}
