import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'

import type { Manifest, Plugin } from 'vite'

const name = 'virtual:reader-assets'
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const themeFile = fileURLToPath(new URL('../public/theme.js', import.meta.url))

/** Without comments and line breaks, for the head of each document. */
const squeeze = (script: string): string =>
  script
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\n\s*/g, '\n')
    .trim()

/** The parts that a reader may need, and their styles as text. */
function read(): Record<string, unknown> {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Manifest
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  return Object.fromEntries(
    Object.entries(manifest).map(([key, { file, imports = [], dynamicImports = [], css = [] }]) => [
      key,
      {
        script: file,
        imports,
        messages: dynamicImports.filter((name) => name.startsWith('src/locales/')),
        css: css.map((each) => ({ file: each, text: readFileSync(join(dist, each), 'utf8').trim() })),
        ...(key === 'index.html' && {
          scripts: [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, each]) => each),
        }),
      },
    ]),
  )
}

/** Tells the server's bundle what the browser's build is made of: that one is built first. */
export const readerAssets = (): Plugin => ({
  name: 'byline:reader-assets',
  resolveId: (source) => (source === name ? `\0${name}` : undefined),
  load(id) {
    if (id !== `\0${name}`) return undefined
    const theme = squeeze(readFileSync(themeFile, 'utf8'))
    return `export const assets = ${JSON.stringify(read())}\nexport const theme = ${JSON.stringify(theme)}`
  },
})

/** Puts the style sheet of the page between its marks: a document that holds its styles has no use for it. */
export const markStyles = (): Plugin => ({
  name: 'byline:mark-styles',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const sheets: string[] = []
      const without = html
        // What is seen comes first: text, its face and its first picture.
        .replace(/(<script type="module"|<link rel="modulepreload")/g, '$1 fetchpriority="low"')
        .replace(/\s*<link rel="stylesheet"[^>]*>/g, (sheet) => {
          sheets.push(sheet)
          return ''
        })
      return without.replace('<!--/byline:head-->', () => `${sheets.join('')}<!--/byline:head-->`)
    },
  },
})
