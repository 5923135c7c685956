import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

const modules = new URL('../node_modules/', import.meta.url)
const sourceOf = (subset: string): string =>
  fileURLToPath(
    new URL(`@fontsource-variable/source-serif-4/files/source-serif-4-${subset}-wght-normal.woff2`, modules),
  )
const faces = fileURLToPath(new URL('.cache/faces/', modules))
/** Each lighter file, and what it is made from. */
const subsets = {
  latin: 'latin',
  european: 'latin-ext',
  extended: 'latin-ext',
  greek: 'greek',
  cyrillic: 'cyrillic',
}
/** All that our styles ask for. */
const weights = { min: 400, max: 700 }
/** What browsers do by themselves, and the figures that our styles choose. */
const features = 'calt ccmp clig kern liga lnum locl mark mkmk onum pnum rlig rvrn tnum'.split(' ')

/** The letters that browsers ask a file for: those of its face in the style sheet. */
function letters(file: string): string {
  const styles = readFileSync(new URL('../src/styles/fonts.css', import.meta.url), 'utf8')
  const [, ranges = ''] = new RegExp(`/${file}'[^}]*unicode-range:([^;]+);`).exec(styles) ?? []
  const found = [...ranges.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].flatMap(
    ([, from = '', to = from]) => {
      const first = parseInt(from, 16)
      return Array.from({ length: parseInt(to, 16) - first + 1 }, (_, index) =>
        String.fromCodePoint(first + index),
      )
    },
  )
  if (found.length === 0) throw new Error(`The face of ${file} in styles/fonts.css names no letters.`)
  return found.join('')
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

/** The licence keeps the name "Source" for the font as it was made. The notice of its makers stays as it is. */
function rename(font: Buffer): Buffer {
  const records = [...Array(font.readUInt16BE(4)).keys()].map((index) => 12 + 16 * index)
  const record = records.find((at) => font.toString('latin1', at, at + 4) === 'name')
  if (record === undefined) throw new Error('The font has no names.')
  const table = font.readUInt32BE(record + 8)
  const strings = table + font.readUInt16BE(table + 4)
  for (let index = 0; index < font.readUInt16BE(table + 2); index++) {
    const entry = table + 6 + 12 * index
    const [id, length, at] = [6, 8, 10].map((offset) => font.readUInt16BE(entry + offset)) as [
      number,
      number,
      number,
    ]
    const name = font.subarray(strings + at, strings + at + length)
    const found = name.indexOf(utf16('Source'))
    if (id !== 0 && found >= 0) utf16('Byline').copy(name, found)
  }
  return font
}

async function makeFace(file: string, subset: string): Promise<void> {
  const light = await subsetFont(readFileSync(sourceOf(subset)), letters(file), {
    targetFormat: 'sfnt',
    variationAxes: { wght: weights },
    keepFeatures: features,
  })
  writeFileSync(
    join(faces, file),
    await subsetFont(rename(light), '', { keepAllGlyphs: true, targetFormat: 'woff2' }),
  )
}

/** Makes the upright faces from Source Serif, with no more letters, weights and features than are used. */
export const lighterFace = (): Plugin => ({
  name: 'byline:lighter-face',
  async config(_config, { command, mode, isSsrBuild }) {
    if (mode === 'test') return
    mkdirSync(faces, { recursive: true })
    for (const [name, subset] of Object.entries(subsets)) {
      const file = `byline-serif-${name}.woff2`
      if (existsSync(join(faces, file)) && (command !== 'build' || isSsrBuild)) continue
      await makeFace(file, subset)
    }
  },
})
