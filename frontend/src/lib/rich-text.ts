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

/** The page's own title is its only first-level heading: where a text has one too, all of its headings step down. */
function stepDown(body: HTMLElement): void {
  if (!body.querySelector('h1')) return
  for (const heading of body.querySelectorAll(headings)) {
    rename(heading, `h${Math.min(6, Number(heading.tagName[1]) + 1)}`)
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
    if (table.parentElement?.closest('table')) continue
    const served = table.parentElement?.closest<HTMLElement>('.table-scroll')
    const box = served ?? body.ownerDocument.createElement('div')
    if (!served) {
      box.className = 'table-scroll'
      table.replaceWith(box)
      box.append(table)
    }
    box.tabIndex = 0
    box.setAttribute('role', 'region')
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
  pre.setAttribute('role', 'region')
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

function easeImages(body: HTMLElement): void {
  for (const image of body.querySelectorAll('img')) {
    image.loading = 'lazy'
    image.decoding = 'async'
    if (!image.hasAttribute('alt')) image.alt = ''
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
  stepDown(body)
  linkHeadings(body, labels)
  frameTables(body, labels)
  frameCodeBlocks(body, labels)
  easeImages(body)
  markOpening(body)
  return body.innerHTML
}

/** The headings that a table of contents shows, in the order of the text. */
export function outline(html: string): Heading[] {
  const body = parse(html)
  stepDown(body)
  return [...body.querySelectorAll<HTMLElement>('h2[id], h3[id]')]
    .filter((heading) => !heading.closest('.footnotes'))
    .map((heading) => ({
      id: heading.id,
      text: heading.textContent.trim(),
      level: Number(heading.tagName[1]),
    }))
    .filter(({ text }) => text !== '')
}
