export interface Heading {
  readonly id: string
  readonly text: string
  /** 2 to 6 */
  readonly level: number
}

interface Labels {
  readonly copy: string
  readonly code: string
  readonly table: string
  readonly image: string
  readonly linkTo: (title: string) => string
}

const opening = 200
const headings = 'h1, h2, h3, h4, h5, h6'

const parse = (html: string): HTMLElement => new DOMParser().parseFromString(html, 'text/html').body

function rename(element: Element, name: string): void {
  const renamed = element.ownerDocument.createElement(name)
  for (const { name: key, value } of element.attributes) renamed.setAttribute(key, value)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

/** The page's title is its only first-level heading; those of the text follow it without leaving a level out. */
function orderHeadings(body: HTMLElement): void {
  const above: number[] = []
  for (const heading of body.querySelectorAll(headings)) {
    const given = Number(heading.tagName[1])
    while ((above.at(-1) ?? 0) >= given) above.pop()
    above.push(given)
    const level = Math.min(6, above.length + 1)
    if (level !== given) rename(heading, `h${level}`)
  }
}

function linkHeadings(body: HTMLElement, labels: Labels): void {
  for (const heading of body.querySelectorAll<HTMLElement>('h2[id], h3[id], h4[id]')) {
    const title = heading.textContent.trim()
    if (!title || heading.closest('.footnotes')) continue
    const link = body.ownerDocument.createElement('a')
    link.className = 'heading-link'
    link.href = `#${heading.id}`
    link.setAttribute('aria-label', labels.linkTo(title))
    link.textContent = '#'
    heading.append(link)
  }
}

/** What is wide scrolls by itself, by keyboard too, and never widens the page. */
function frameTables(body: HTMLElement, labels: Labels): void {
  for (const table of body.querySelectorAll('table')) {
    for (const cell of table.querySelectorAll('th')) {
      if (!cell.textContent.trim() && !cell.querySelector('img')) rename(cell, 'td')
    }
    if (table.parentElement?.closest('table')) continue
    const served = table.parentElement?.closest<HTMLElement>('.table-scroll')
    const box = served ?? body.ownerDocument.createElement('div')
    if (!served) {
      box.className = 'table-scroll'
      table.replaceWith(box)
      box.append(table)
    }
    box.tabIndex = 0
    box.setAttribute('role', 'group')
    box.setAttribute('aria-label', table.caption?.textContent.trim() || labels.table)
  }
}

function frameCodeBlocks(body: HTMLElement, labels: Labels): void {
  for (const pre of body.querySelectorAll('pre')) {
    const box = body.ownerDocument.createElement('div')
    box.className = 'code-frame'
    pre.replaceWith(box)
    frameCode(pre, box, labels)
  }
}

function frameCode(pre: HTMLPreElement, box: HTMLElement, labels: Labels): void {
  pre.tabIndex = 0
  // No landmark: a text may have many of them.
  pre.setAttribute('role', 'group')
  pre.setAttribute(
    'aria-label',
    pre.dataset.language ? `${labels.code}: ${pre.dataset.language}` : labels.code,
  )
  pre.dir = 'ltr'
  const button = box.ownerDocument.createElement('button')
  button.type = 'button'
  button.className = 'code-copy'
  button.dataset.copy = ''
  button.textContent = labels.copy
  box.append(pre, button)
}

function easeImages(body: HTMLElement, labels: Labels): void {
  for (const image of body.querySelectorAll('img')) {
    image.loading = 'lazy'
    image.decoding = 'async'
    if (!image.hasAttribute('alt')) image.alt = ''
    // A link that holds nothing but a picture without words still needs a name.
    const link = image.closest('a')
    if (link && !image.alt && !link.textContent.trim()) link.setAttribute('aria-label', labels.image)
    // Without its size nobody can reserve its room: RichText gives it a frame of a fixed shape instead.
    if (!image.hasAttribute('width') || !image.hasAttribute('height')) image.classList.add('image-unsized')
  }
}

/** A first paragraph long enough to carry an initial. */
function markOpening(body: HTMLElement): void {
  const first = body.firstElementChild
  const text = first?.textContent.trim() ?? ''
  if (first?.tagName === 'P' && text.length > opening && /^\p{Script=Latin}/u.test(text)) {
    first.classList.add('opening')
  }
}

/** Prepares HTML that the server has sanitised for reading; adds nothing that could run. */
export function prepareRichText(html: string, labels: Labels): string {
  const body = parse(html)
  orderHeadings(body)
  linkHeadings(body, labels)
  frameTables(body, labels)
  frameCodeBlocks(body, labels)
  easeImages(body, labels)
  markOpening(body)
  return body.innerHTML
}

/** The headings that a table of contents shows, in the order of the text. */
export function outline(html: string): Heading[] {
  const body = parse(html)
  orderHeadings(body)
  return [...body.querySelectorAll<HTMLElement>('h2[id], h3[id]')]
    .filter((heading) => !heading.closest('.footnotes'))
    .map((heading) => ({
      id: heading.id,
      text: heading.textContent.trim(),
      level: Number(heading.tagName[1]),
    }))
    .filter(({ text }) => text !== '')
}
