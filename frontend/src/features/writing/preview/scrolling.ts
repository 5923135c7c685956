/** A block whose line in the source is known, and how far below the top of the preview it begins, in pixels. */
export interface Anchor {
  readonly line: number
  readonly top: number
}

/** The blocks of a preview that say their line, from top to bottom, and both of its ends. */
export function anchorsOf(pane: HTMLElement, lines: number): Anchor[] {
  const origin = pane.getBoundingClientRect().top - pane.scrollTop
  const found: Anchor[] = [{ line: 1, top: 0 }]
  for (const block of pane.querySelectorAll<HTMLElement>('[data-line]')) {
    const line = Number(block.dataset.line)
    const top = block.getBoundingClientRect().top - origin
    const last = found.at(-1)
    // Footnotes stand where they are not in the source; what is out of order says nothing of the place.
    if (last && line > last.line && line <= lines && top >= last.top) found.push({ line, top })
  }
  return [...found, { line: lines + 1, top: pane.scrollHeight }]
}

/** Between the two anchors around a value, as far along as the value is. */
function between(anchors: readonly Anchor[], from: keyof Anchor, to: keyof Anchor, value: number): number {
  const next = anchors.findIndex((anchor) => anchor[from] > value)
  const [below, above] = next < 0 ? [anchors.at(-1), undefined] : [anchors[next - 1], anchors[next]]
  if (!below) return anchors[0]?.[to] ?? 0
  if (!above) return below[to]
  const share = (value - below[from]) / (above[from] - below[from])
  return below[to] + share * (above[to] - below[to])
}

/** How far down a line of the source is; 12.5 is the middle of line 12. */
export const topOf = (line: number, anchors: readonly Anchor[]): number =>
  between(anchors, 'line', 'top', line)

/** The line of the source that is shown so far down. */
export const lineAt = (top: number, anchors: readonly Anchor[]): number =>
  between(anchors, 'top', 'line', top)
