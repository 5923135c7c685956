import { nestWordLists } from './word-lists'

/** What is never text: it goes, with all that is in it. */
const gone =
  'script, style, meta, link, title, template, noscript, iframe, object, embed, svg, canvas, button, input:not([type="checkbox"]), select, textarea, form > label, [hidden], [aria-hidden="true"]'

/**
 * The policy of the page would complain about each style and each handler that a pasted text brings along, although the
 * text is only read: so those attributes get other names before the browser sees them.
 */
export const STYLE = 'data-pasted-style'
const harmless = (html: string): string =>
  html.replaceAll(/<[a-z][^<>]*>/gi, (tag) =>
    tag.replaceAll(/[\s/]style(?=\s*=)/gi, ` ${STYLE}`).replaceAll(/[\s/]on(?=\w+\s*=)/gi, ' data-pasted-on'),
  )

const styleOf = (element: Element): string =>
  (element.getAttribute(STYLE) ?? '').toLowerCase().replaceAll(/\s/g, '')

/** Exchanges an element for its content, or for another element with it. */
export function rename(element: Element, name?: string): void {
  if (!name) return element.replaceWith(...element.childNodes)
  const other = element.ownerDocument.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
}

/** Puts the content of an element into another one. */
function wrapContent(element: Element, name: string): void {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}

/** Looks that a word processor writes as styles become elements; those that contradict an element undo it. */
function readStyles(root: Element): void {
  for (const element of root.querySelectorAll('b, strong')) {
    // Google Docs wraps all that it copies into a bold element that is not bold.
    if (/font-weight:(normal|400)/.test(styleOf(element))) rename(element)
  }
  for (const element of root.querySelectorAll('i, em')) {
    if (/font-style:normal/.test(styleOf(element))) rename(element)
  }
  for (const element of root.querySelectorAll('span, font')) {
    const style = styleOf(element)
    const inHeading = element.closest('h1, h2, h3, h4, h5, h6') !== null
    const inCode = element.closest('pre, code') !== null
    if (!inCode && element.textContent?.trim()) {
      if (/font-weight:(bold|[6-9]00)/.test(style) && !inHeading) wrapContent(element, 'strong')
      if (/font-style:italic/.test(style)) wrapContent(element, 'em')
      if (/text-decoration[^;]*:[^;]*line-through/.test(style)) wrapContent(element, 'del')
    }
    rename(element)
  }
}

const isHttp = (address: string): boolean => /^https?:\/\//i.test(address)

function cleanImages(root: Element): void {
  for (const image of root.querySelectorAll('img')) {
    const [width, height] = [image.getAttribute('width'), image.getAttribute('height')].map(Number)
    // What is a dot in size is there to count readers.
    const tracker =
      image.hasAttribute('width') && width !== undefined && height !== undefined && width <= 2 && height <= 2
    if (tracker || !isHttp(image.getAttribute('src') ?? '')) image.remove()
    else image.setAttribute('alt', (image.getAttribute('alt') ?? '').replaceAll(/\s+/g, ' ').trim())
  }
}

function cleanLinks(root: Element): void {
  for (const link of root.querySelectorAll('a')) {
    const raw = link.getAttribute('href') ?? ''
    // Google Docs sends every link round by its own address.
    const [, round] = /^https:\/\/www\.google\.com\/url\?(.*)$/.exec(raw) ?? []
    const address = round ? (new URLSearchParams(round).get('q') ?? raw) : raw
    const empty = (link.textContent ?? '').trim() === '' && !link.querySelector('img')
    if (empty || !/^(https?:|mailto:)/i.test(address)) rename(link)
    else link.setAttribute('href', address)
  }
}

/** Lists whose inner lists stand beside the items instead of in them, as Google Docs writes them. */
function nestLists(root: Element): void {
  for (const inner of root.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const item = inner.previousElementSibling
    if (item?.localName === 'li') item.append(inner)
  }
  for (const paragraph of root.querySelectorAll('li > p:first-child')) {
    const next = paragraph.nextElementSibling
    if (!next || next.localName === 'ul' || next.localName === 'ol') rename(paragraph)
  }
}

/** Tables that have no head get one: without it, Markdown knows no table. One that only arranges a page is undone. */
function cleanTables(root: Element): void {
  for (const table of root.querySelectorAll('table')) {
    for (const paragraph of table.querySelectorAll('td > p:only-child, th > p:only-child')) rename(paragraph)
    table.querySelectorAll('colgroup, col').forEach((column) => column.remove())
    const first = table.rows[0]
    if (table.rows.length === 1 && first?.cells.length === 1) rename(table, 'div')
    else if (first && first.querySelector('th') === null)
      [...first.cells].forEach((cell) => rename(cell, 'th'))
  }
}

function removeComments(root: Element): void {
  const comments = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT)
  const found: Node[] = []
  while (comments.nextNode()) found.push(comments.currentNode)
  for (const comment of found) comment.parentNode?.removeChild(comment)
}

/** What was copied, without all that only its page or its word processor needs. Nothing of it is run or loaded. */
export function cleanHtml(html: string): HTMLElement {
  const { body } = new DOMParser().parseFromString(harmless(html), 'text/html')
  body.querySelectorAll(gone).forEach((element) => element.remove())
  removeComments(body)
  nestWordLists(body)
  readStyles(body)
  cleanImages(body)
  cleanLinks(body)
  nestLists(body)
  cleanTables(body)
  // A post has its title elsewhere.
  for (const heading of body.querySelectorAll('h1')) rename(heading, 'h2')
  return body
}
