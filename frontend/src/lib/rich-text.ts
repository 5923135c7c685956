import {
  addClass,
  around,
  escapeHtml,
  find,
  get,
  hasClass,
  parse,
  set,
  textOf,
  wrap,
  write,
  type Part,
} from './markup'

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
  readonly footnotes: string
  readonly back: string
  readonly linkTo: (title: string) => string
  readonly footnote: (number: string) => string
}

const opening = 200

const named =
  (pattern: RegExp) =>
  ({ name }: Part): boolean =>
    pattern.test(name)
const inFootnotes = (part: Part): boolean => around(part, (box) => hasClass(box, 'footnotes')) !== undefined

/** The page's title is its only first-level heading; those of the text follow it without leaving a level out. */
function orderHeadings(body: Part): void {
  const above: number[] = []
  for (const heading of find(body, named(/^h[1-6]$/))) {
    const given = Number(heading.name[1])
    while ((above.at(-1) ?? 0) >= given) above.pop()
    above.push(given)
    heading.name = `h${Math.min(6, above.length + 1)}`
  }
}

function linkHeadings(body: Part, labels: Labels): void {
  for (const heading of find(body, named(/^h[2-4]$/))) {
    const id = get(heading, 'id')
    const title = textOf(heading).trim()
    if (!id || !title || inFootnotes(heading)) continue
    const label = escapeHtml(labels.linkTo(title))
    heading.children.push(`<a class="heading-link" href="#${escapeHtml(id)}" aria-label="${label}">#</a>`)
  }
}

/** What is wide scrolls by itself, by keyboard too, and never widens the page. */
function frameTables(body: Part, labels: Labels): void {
  for (const table of find(body, named(/^table$/))) {
    for (const cell of find(table, named(/^th$/))) {
      if (!textOf(cell).trim() && find(cell, named(/^img$/)).length === 0) cell.name = 'td'
    }
    if (around(table.parent, named(/^table$/))) continue
    const box = around(table, (part) => hasClass(part, 'table-scroll')) ?? wrap(table, 'div')
    const [caption] = find(table, named(/^caption$/))
    set(box, 'class', 'table-scroll')
    set(box, 'tabindex', '0')
    set(box, 'role', 'group')
    set(box, 'aria-label', (caption && textOf(caption).trim()) || labels.table)
  }
}

/** Says which language it is, and can be copied. */
function frameCode(body: Part, labels: Labels): void {
  for (const pre of find(body, named(/^pre$/))) {
    const language = get(pre, 'data-language')
    const box = wrap(pre, 'div')
    set(box, 'class', 'code-frame')
    set(pre, 'tabindex', '0')
    // No landmark: a text may have many of them.
    set(pre, 'role', 'group')
    set(pre, 'aria-label', language ? `${labels.code}: ${language}` : labels.code)
    set(pre, 'dir', 'ltr')
    const name = language
      ? `<span class="code-language" aria-hidden="true">${escapeHtml(language)}</span>`
      : ''
    const button = `<button type="button" class="code-copy" data-copy="">${escapeHtml(labels.copy)}</button>`
    box.children.unshift(`<div class="code-bar">${name}${button}</div>`)
  }
}

function easeImages(body: Part, labels: Labels): void {
  for (const image of find(body, named(/^img$/))) {
    set(image, 'loading', 'lazy')
    set(image, 'decoding', 'async')
    const alt = get(image, 'alt') ?? ''
    set(image, 'alt', alt)
    // A link that holds nothing but a picture without words still needs a name.
    const link = around(image, named(/^a$/))
    if (link && !alt && !textOf(link).trim()) set(link, 'aria-label', labels.image)
    // Without its size nobody can reserve its room: RichText gives it a frame of a fixed shape instead.
    if (get(image, 'width') === undefined || get(image, 'height') === undefined) {
      addClass(image, 'image-unsized')
    }
  }
}

/** Links there and back, named for those who don't see where they stand; `ui/footnotes.ts` opens them in place. */
function nameFootnotes(body: Part, labels: Labels): void {
  for (const link of find(body, named(/^a$/))) {
    if (hasClass(link, 'footnote-backref')) {
      set(link, 'role', 'doc-backlink')
      set(link, 'aria-label', labels.back)
    } else if (link.parent && hasClass(link.parent, 'footnote-ref')) {
      const number = /\d+/.exec(textOf(link))?.[0] ?? textOf(link)
      link.children.splice(0, Infinity, escapeHtml(number))
      set(link, 'role', 'doc-noteref')
      set(link, 'aria-label', labels.footnote(number))
    }
  }
  for (const section of find(body, named(/^section$/))) {
    if (!hasClass(section, 'footnotes')) continue
    set(section, 'role', 'doc-endnotes')
    set(section, 'aria-label', labels.footnotes)
  }
}

/** A first paragraph long enough to carry an initial. */
function markOpening(body: Part): void {
  const first = body.children.find((child) => typeof child !== 'string')
  if (first?.name !== 'p') return
  const text = textOf(first).trim()
  if (text.length > opening && /^\p{Script=Latin}/u.test(text)) addClass(first, 'opening')
}

/** Prepares HTML that the server has sanitised for reading; adds nothing that could run. */
export function prepareRichText(html: string, labels: Labels): string {
  const body = parse(html)
  orderHeadings(body)
  linkHeadings(body, labels)
  frameTables(body, labels)
  frameCode(body, labels)
  easeImages(body, labels)
  nameFootnotes(body, labels)
  markOpening(body)
  return write(body)
}

/** The headings that a table of contents shows, in the order of the text. */
export function outline(html: string): Heading[] {
  const body = parse(html)
  orderHeadings(body)
  return find(body, named(/^h[23]$/))
    .filter((heading) => !inFootnotes(heading))
    .map((heading) => ({
      id: get(heading, 'id') ?? '',
      text: textOf(heading).trim(),
      level: Number(heading.name[1]),
    }))
    .filter(({ id, text }) => id !== '' && text !== '')
}
