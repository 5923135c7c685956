import type { Post } from '@/api'

/** What is said of a picture where it stands. */
export interface Words {
  readonly alt: string
  readonly caption: string
  /** Says nothing on purpose. */
  readonly decorative: boolean
}

export const noWords: Words = { alt: '', caption: '', decorative: false }

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()
const escaped = (text: string): string => oneLine(text).replace(/[\\`*_[\]<>&]/g, '\\$&')
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const inHtml = (text: string): string => oneLine(text).replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
const address = (url: string): string =>
  /[\s()<>]/.test(url) ? `<${url.replace(/[<>\s]/g, encodeURIComponent)}>` : url

/** An empty title tells a picture without words on purpose from one whose words are still missing. */
function markdown(url: string, { alt, caption, decorative }: Words): string {
  const title = oneLine(caption).replace(/["\\]/g, '\\$&')
  return `![${decorative ? '' : escaped(alt)}](${address(url)}${title || decorative ? ` "${title}"` : ''})`
}

function html(url: string, { alt, caption, decorative }: Words): string {
  const words = decorative ? 'alt="" role="presentation"' : `alt="${inHtml(alt)}"`
  const image = `<img src="${inHtml(url)}" ${words}>`
  const below = inHtml(caption)
  return below ? `<figure>${image}<figcaption>${below}</figcaption></figure>` : `<p>${image}</p>`
}

/** A picture in the words of a text: a paragraph of its own, or a figure where it has a caption. */
export const pictureMarkup = (url: string, words: Words, format: Post['body_format']): string =>
  format === 'html' ? html(url, words) : markdown(url, words)
