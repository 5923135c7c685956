// Builds the service worker: what it keeps at hand are the parts of the program that readers need, of this build.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

/** What readers rarely need, or only with a line: it is kept once it has been used. */
const rare = [
  /^src\/pages\/(?:Account|Appeal|Editor|Moderation|MyPosts|Preview|SignUp|Forgot|Unsubscribe|Notifications|SignIn)\w*Page/,
  /^src\/features\/(?:writing|moderation|notifications)\//,
  /^src\/features\/accounts\/(?!index|session|SignInHere|AccountMenu)/,
  /^src\/locales\/[\w-]+\.(?:account|auth|editor|fairness|history|images|members|moderation|my-posts|notifications|preview|publishing|reports|saving|together)\./,
  /^node_modules\//,
]
/** Of the fonts only the one that each page begins with. */
const font = /byline-serif-latin/
const unnamed = ['/theme.js', '/favicon.svg', '/icon-192.png']

/** The files of a part, of all that it imports, and of all that it may ask for later. */
function collect(name, parts = new Set(), found = new Set()) {
  const part = manifest[name]
  if (!part || parts.has(name)) return found
  parts.add(name)
  for (const file of [part.file, ...(part.css ?? [])]) found.add(`/${file}`)
  for (const file of part.assets ?? []) if (font.test(file)) found.add(`/${file}`)
  for (const other of part.imports ?? []) collect(other, parts, found)
  for (const other of part.dynamicImports ?? [])
    if (!rare.some((pattern) => pattern.test(other))) collect(other, parts, found)
  return found
}

const digest = (content) => createHash('sha256').update(content).digest('hex').slice(0, 12)
const read = (path) => readFileSync(join(dist, path))

const page = read('index.html')
const shell = `/assets/shell-${digest(page)}.html`
copyFileSync(join(dist, 'index.html'), join(dist, shell))

const hashed = [...collect('index.html')].filter((file) => file.startsWith('/assets/')).sort()
const present = unnamed.filter((file) => existsSync(join(dist, file)))
const version = digest([shell, ...hashed, ...present.map((file) => digest(read(file)))].join('\n'))

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  define: {
    __WORKER_VERSION__: JSON.stringify(version),
    __WORKER_FILES__: JSON.stringify([...hashed, ...present]),
    __WORKER_SHELL__: JSON.stringify(shell),
  },
  build: {
    outDir: dist,
    emptyOutDir: false,
    modulePreload: false,
    rolldownOptions: {
      input: join(root, 'src/worker/index.ts'),
      output: { format: 'iife', entryFileNames: 'sw.js', codeSplitting: false },
    },
  },
})

const size = hashed.reduce((sum, file) => sum + read(file).length, 0)
console.log(
  `The service worker ${version} keeps ${hashed.length + present.length} files at hand (${Math.round(size / 1000)} kB).`,
)
