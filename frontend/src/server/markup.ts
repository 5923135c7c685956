const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escapeText = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

type Attributes = Readonly<Record<string, string | true | undefined>>

/** An element without content; one whose first value isn't known is left out. */
export function element(name: string, attributes: Attributes): string {
  const entries = Object.entries(attributes)
  if (entries.some(([, value]) => value === undefined || value === '')) return ''
  const written = entries.map(([key, value]) =>
    value === true ? key : `${key}="${escapeText(String(value))}"`,
  )
  return `<${name} ${written.join(' ')}>`
}

export const meta = (name: string, content: string | undefined): string => element('meta', { name, content })
export const property = (name: string, content: string | undefined): string =>
  element('meta', { property: name, content })
export const link = (rel: string, href: string | undefined, more: Attributes = {}): string =>
  element('link', { rel, href, ...more })

/** JSON in a block that nothing can close before its end. */
export const dataBlock = (type: string, value: unknown): string =>
  `<script type="${type}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`
