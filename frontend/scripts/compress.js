// Writes a gzip copy beside every compressible file of the build, for nginx's gzip_static.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const compressible = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest', '.xml'])
const smallest = 512

for (const entry of readdirSync(dist, { recursive: true })) {
  const file = join(dist, String(entry))
  if (!compressible.has(extname(file)) || !statSync(file).isFile()) continue
  const content = readFileSync(file)
  if (content.length < smallest) continue
  const packed = gzipSync(content, { level: 9 })
  if (packed.length < content.length) writeFileSync(`${file}.gz`, packed)
}
