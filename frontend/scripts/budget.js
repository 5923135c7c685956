// Holds the build, in CI, to what it may make people download, gzipped: a first-time reader of a post, and an author.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import { minifySync } from 'vite'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const folder = join(dist, '.vite')
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))

/** A part, and all that it needs before it can be shown, but nothing that waits. */
function parts(name, found = new Set()) {
  if (!manifest[name]) throw new Error(`The build has no ${name}.`)
  if (found.has(name)) return found
  found.add(name)
  for (const other of manifest[name].imports ?? []) parts(other, found)
  return found
}

const scripts = (name) => new Set([...parts(name)].map((each) => manifest[each].file))

const kilobytes = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0) /
  1000

/** What stands in the head of each document (`build/reader-assets.ts`). */
const inHead = ['public/theme.js', 'build/begin.js'].map((file) => {
  const source = readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8')
  return minifySync(file, source, { module: false }).code
})
const inline = gzipSync(inHead.join('\n'), { level: 9 }).length / 1000

/** The style sheets of a part and of all that it imports. */
const sheets = (...names) => [
  ...new Set(names.flatMap((name) => [...parts(name)].flatMap((each) => manifest[each].css ?? []))),
]

// A post in the language that it begins in; what waits for a reader to do something isn't counted.
const reader = new Set(
  ['index.html', 'src/pages/PostDetailPage.vue', 'src/locales/en.json'].flatMap((name) => [...scripts(name)]),
)
const belowText = Object.keys(manifest).filter((name) =>
  /features\/(?:posts|reactions|comments)\/(?:\w+\/)?(?:CommentSection|ReactionBar|AuthorCard|ReadNext|SeriesBox|ShareButton)\.vue$/.test(
    name,
  ),
)
const editor = [...scripts('src/pages/EditorPage.vue')].filter((file) => !reader.has(file))
/** The sizes of the face that each page begins with, and of those that other alphabets add to it. */
const fonts = readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.woff2'))
const [first, others] = [true, false].map((begins) =>
  fonts
    .filter((file) => file.startsWith('byline-serif-latin-') === begins)
    .map((file) => readFileSync(join(dist, 'assets', file)).length / 1000),
)

const budgets = [
  ['JavaScript for a reader of a post', kilobytes(reader) + inline, 75],
  ['styles of a post', kilobytes(sheets('index.html', 'src/pages/PostDetailPage.vue', ...belowText)), 15],
  ['fonts of a page, with one more alphabet', Math.max(...first) + Math.max(...others), 60],
  ['JavaScript for an author, beyond a reader\u2019s', kilobytes(editor), 170],
]
for (const [what, size, limit] of budgets) {
  console.log(`${size > limit ? 'TOO MUCH: ' : ''}${what}: ${size.toFixed(1)} kB of ${limit} kB`)
  // Whoever only runs the publication gets it all the same: other versions of Node compress a little differently.
  if (size > limit && process.env.CI) process.exitCode = 1
}
// It is for this script alone, and not to be served.
rmSync(folder, { recursive: true })
