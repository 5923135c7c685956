/**
 * The markup of a text that the server has sanitised, as a small tree: read and written alike in a browser and where
 * there is none. It relies on what the sanitiser writes: every attribute is quoted, every element closed.
 */
export interface Part {
  name: string
  /** As they were served. */
  attributes: string
  /** Parts, and HTML that stays as it is. */
  readonly children: (Part | string)[]
  parent: Part | undefined
}

const tags = /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^>"])*)>/gi
const empty = /^(?:br|col|hr|img|input|source|track|wbr)$/
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

const make = (name: string, attributes: string, parent?: Part): Part => ({
  name,
  attributes,
  children: [],
  parent,
})

/** The tree of it, under a part without a name. */
export function parse(html: string): Part {
  const root = make('', '')
  let open = root
  let end = 0
  for (const { 0: whole, 1: closing, 2: given = '', 3: attributes = '', index } of html.matchAll(tags)) {
    const name = given.toLowerCase()
    if (index > end) open.children.push(html.slice(end, index))
    end = index + whole.length
    if (closing) open = around(open, (part) => part.name === name)?.parent ?? open
    else {
      const part = make(name, attributes, open)
      open.children.push(part)
      if (!empty.test(name)) open = part
    }
  }
  open.children.push(html.slice(end))
  return root
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const plain = (html: string): string =>
  html.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)

export function write({ name, attributes, children }: Part): string {
  const inner = children.map((child) => (typeof child === 'string' ? child : write(child))).join('')
  if (!name) return inner
  return empty.test(name) ? `<${name}${attributes}>` : `<${name}${attributes}>${inner}</${name}>`
}

/** All that meet the condition, in the order of the text. */
export function find(part: Part, wanted: (part: Part) => boolean, found: Part[] = []): Part[] {
  for (const child of part.children) {
    if (typeof child === 'string') continue
    if (wanted(child)) found.push(child)
    find(child, wanted, found)
  }
  return found
}

/** The nearest that meets the condition, from the part itself outwards. */
export function around(part: Part | undefined, wanted: (part: Part) => boolean): Part | undefined {
  let at = part
  while (at && !wanted(at)) at = at.parent
  return at
}

export const textOf = ({ children }: Part): string =>
  children.map((child) => (typeof child === 'string' ? plain(child) : textOf(child))).join('')

/** The value of an attribute; nothing where it isn't given. */
export function get(part: Part, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(part.attributes)?.[1]
  return value === undefined ? undefined : plain(value)
}

export function set(part: Part, name: string, value: string): void {
  part.attributes = part.attributes.replace(new RegExp(`\\s${name}(?:="[^"]*")?(?=\\s|/|$)`), '')
  part.attributes += ` ${name}="${escapeHtml(value)}"`
}

export const hasClass = (part: Part, name: string): boolean =>
  part.attributes.includes(name) && (get(part, 'class') ?? '').split(' ').includes(name)

export const addClass = (part: Part, name: string): void =>
  set(part, 'class', [get(part, 'class') ?? '', name].join(' ').trim())

/** Puts a new part around one that has a parent. */
export function wrap(part: Part, name: string): Part {
  const { parent } = part
  const box = make(name, '', parent)
  parent?.children.splice(parent.children.indexOf(part), 1, box)
  box.children.push(part)
  part.parent = box
  return box
}
