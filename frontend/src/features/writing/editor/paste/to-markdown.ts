import { gfm } from '@joplin/turndown-plugin-gfm'
import TurndownService from 'turndown'

import { cleanHtml } from './clean'

function makeService(): TurndownService {
  const service = new TurndownService({
    headingStyle: 'atx',
    hr: '---',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
    strongDelimiter: '**',
    linkStyle: 'inlined',
  })
  service.use(gfm)
  service.addRule('strike', { filter: ['del', 's'], replacement: (text) => (text ? `~~${text}~~` : '') })
  // One blank behind the mark, not three, as the toolbar writes it.
  service.addRule('item', { filter: 'li', replacement: (text, node) => listItem(text, node) })
  return service
}

function listItem(text: string, node: Node): string {
  const parent = node.parentElement
  const ordered = parent?.localName === 'ol'
  const index = parent ? [...parent.children].indexOf(node as Element) : 0
  const first = Number(parent?.getAttribute('start') ?? 1)
  const mark = ordered ? `${first + index}. ` : '- '
  const body = text
    .trim()
    .replace(/^(\[[ x]\]) +/, '$1 ')
    .replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`)
  return `${mark}${body}${node.nextSibling ? '\n' : ''}`
}

let service: TurndownService | undefined

/** HTML that was copied somewhere as clean Markdown. */
export function toMarkdown(html: string): string {
  service ??= makeService()
  return service
    .turndown(cleanHtml(html))
    .replaceAll('\u00a0', ' ')
    .replaceAll(/[ \t]+$/gm, (blanks) => (blanks === '  ' ? blanks : ''))
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
