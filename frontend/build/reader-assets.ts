import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'

import { minifySync, type Manifest, type Plugin } from 'vite'

const name = 'virtual:reader-assets'
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const themeFile = fileURLToPath(new URL('../public/theme.js', import.meta.url))
const beginFile = fileURLToPath(new URL('begin.js', import.meta.url))

/** A script for the head of each document, as small as can be. */
const inline = (file: string): string =>
  minifySync(file, readFileSync(file, 'utf8'), { module: false }).code.trim()

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
    return Object.entries({ assets: read(), theme: inline(themeFile), begin: inline(beginFile) })
      .map(([key, value]) => `export const ${key} = ${JSON.stringify(value)}`)
      .join('\n')
  },
})

const programs = /\s*<script type="module"[^>]*><\/script>|\s*<link rel="modulepreload"[^>]*>/g
const styleSheets = /\s*<link rel="stylesheet"[^>]*>/g

/**
 * Puts the style sheet and the program of the page between its marks: a document holds its styles, and begins its
 * program itself, once it is seen.
 */
export const markAssets = (): Plugin => ({
  name: 'byline:mark-assets',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const moved = [...html.matchAll(styleSheets), ...html.matchAll(programs)].map(([tag]) => tag.trim())
      return html
        .replace(styleSheets, '')
        .replace(programs, '')
        .replace('<!--/byline:head-->', () => `${moved.join('')}<!--/byline:head-->`)
    },
  },
})
