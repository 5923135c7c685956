import { assets, begin, theme } from 'virtual:reader-assets'

import { languageOfFile } from '@/lib/languages'

import { link } from './markup'

/** The parts of the build that the modules of a page came in, in the order in which the browser would meet them. */
function partsOf(modules: Iterable<string>, language: string): string[] {
  const found = new Set<string>()
  const take = (name: string): void => {
    const part = assets[name]
    if (!part || found.has(name)) return
    found.add(name)
    part.imports.forEach(take)
    // What it says, in the one language that the page begins in.
    // What every page begins with also knows where those of members are, who fetch them themselves.
    part.messages
      .filter(
        (file) =>
          languageOfFile(file) === language &&
          (!/^(?:index|_reader)/.test(name) || /\/\w+\.json$/.test(file)),
      )
      .forEach(take)
  }
  take('index.html')
  for (const name of modules) take(name)
  return [...found]
}

/**
 * All that a page needs to be drawn stands in it: its styles, and the reader's choice of light or dark. Style sheets
 * that came in this way are named, so that nobody fetches them again.
 */
export function assetsOf(modules: ReadonlySet<string>, style: string, language: string): string {
  const drawn = partsOf(modules, language).flatMap((name) => assets[name] ?? [])
  const sheets = new Map(drawn.flatMap(({ css }) => css.map(({ file, text }) => [file, text] as const)))
  // Parts that may wait fetch their programs themselves.
  const pages = [...modules].filter((name) => name.startsWith('src/pages/'))
  const parts = partsOf(pages, language).flatMap((name) => assets[name] ?? [])
  const entry = assets['index.html']?.scripts ?? []
  const scripts = [...new Set([...entry, ...parts.map(({ script }) => script)])].map((file) => `/${file}`)
  return [
    `<script>${theme}</script>`,
    `<style>${[...sheets.values()].join('')}${style}</style>`,
    ...[...sheets.keys()].map((file) => link('stylesheet', `/${file}`, { disabled: true })),
    `<script>${begin.replace('FILES', () => JSON.stringify(scripts))}</script>`,
  ].join('')
}
