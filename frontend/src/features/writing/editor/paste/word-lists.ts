/** Kept here as well, so that this file stands by itself: see clean.ts. */
const STYLE = 'data-pasted-style'

const levelOf = (element: Element): number =>
  Number(/mso-list:[^;]*level(\d)/i.exec(element.getAttribute(STYLE) ?? '')?.[1] ?? 0)

/** Word writes each item as a paragraph, its mark as text, and the level in a style of its own. */
function itemOf(paragraph: Element): { item: HTMLElement; ordered: boolean } {
  const item = paragraph.ownerDocument.createElement('li')
  let mark = ''
  for (const span of paragraph.querySelectorAll('span')) {
    if (!/mso-list:\s*ignore/i.test(span.getAttribute(STYLE) ?? '')) continue
    mark ||= (span.textContent ?? '').trim()
    span.remove()
  }
  item.append(...paragraph.childNodes)
  return { item, ordered: /^\(?(\d+|[a-z]|[ivx]+)[.)]/i.test(mark) }
}

/** Makes lists of Word's paragraphs that look like lists. */
export function nestWordLists(root: Element): void {
  const open: HTMLElement[] = []
  for (const paragraph of [...root.querySelectorAll('p, h1, h2, h3, h4, h5, h6')]) {
    const level = levelOf(paragraph)
    if (level === 0 || paragraph.localName !== 'p') {
      open.length = 0
      continue
    }
    const { item, ordered } = itemOf(paragraph)
    open.length = Math.min(open.length, level)
    while (open.length < level) {
      const list = root.ownerDocument.createElement(ordered ? 'ol' : 'ul')
      const parent = open.at(-1)
      if (parent) (parent.lastElementChild ?? parent).append(list)
      else paragraph.before(list)
      open.push(list)
    }
    open.at(-1)?.append(item)
    paragraph.remove()
  }
}
