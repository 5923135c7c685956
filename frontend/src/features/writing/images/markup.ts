import type { Post } from '@/api'

/** What is said of a picture where it stands. */
export interface Words {
  readonly alt: string
  readonly caption: string
}

export const noWords: Words = { alt: '', caption: '' }

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()
const escaped = (text: string): string => oneLine(text).replace(/[\\`*_[\]<>&]/g, '\\$&')
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const inHtml = (text: string): string => oneLine(text).replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
const address = (url: string): string => (/[\s()<>]/.test(url) ? `<${url.replace(/[<>\s]/g, encodeURIComponent)}>` : url)

function markdown(url: string, { alt, caption }: Words): string {
  const title = oneLine(caption).replace(/["\\]/g, '\\$&')
  return `![${escaped(alt)}](${address(url)}${title && ` "${title}"`})`
}

function html(url: string, { alt, caption }: Words): string {
  const image = `<img src="${inHtml(url)}" alt="${inHtml(alt)}">`
  const below = inHtml(caption)
  return below ? `<figure>${image}<figcaption>${below}</figcaption></figure>` : `<p>${image}</p>`
}

/** A picture in the words of a text: a paragraph of its own, or a figure where it has a caption. */
export const pictureMarkup = (url: string, words: Words, format: Post['body_format']): string =>
  format === 'html' ? html(url, words) : markdown(url, words)
