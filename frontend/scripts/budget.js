// Holds the editor to what it may make an author download: gzipped JavaScript, counted by the imports of its page.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const folder = join(dist, '.vite')
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))

/** The scripts that a part needs before it can be shown: it, and all that it imports, but nothing that waits. */
function scripts(name, found = new Set()) {
  const part = manifest[name]
  if (!part) throw new Error(`The build has no ${name}.`)
  if (found.has(part.file)) return found
  found.add(part.file)
  for (const other of part.imports ?? []) scripts(other, found)
  return found
}

const kilobytes = (files) =>
  [...files]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0) / 1000

const shell = scripts('index.html')
const reader = new Set([...shell, ...scripts('src/pages/PostDetailPage.vue')])
const editor = [...scripts('src/pages/EditorPage.vue')].filter((file) => !reader.has(file))

const limit = 170
const size = kilobytes(editor)
console.log(
  `The editor, beyond what a reader of a post has: ${size.toFixed(1)} kB of ${limit} kB (${kilobytes(reader).toFixed(1)} kB).`,
)
if (size > limit) process.exitCode = 1
// It is for this script alone, and not to be served.
rmSync(folder, { recursive: true })
