import { readFileSync } from 'node:fs'
import { fileURLToPath, URL } from 'node:url'

import type { Plugin } from 'vite'

const runtime = fileURLToPath(new URL('../src/api/http.ts', import.meta.url))
const sdk = /\/api\/generated\/sdk\.gen\.ts$/
const operation = /\/api\/generated\/sdk\.gen\.ts\?operation=(\w+)&lang\.ts$/

const forms = "import { formDataBodySerializer } from './core/bodySerializer.gen'\n"

/** The functions of the generated client, by name, and what stands before them. */
function read(file: string): { head: string; functions: Map<string, string> } {
  const [whole = '', ...parts] = readFileSync(file, 'utf8').split(/^(?=export const \w+ = )/m)
  const head = whole.replace(/^import \{[^}]*\} from '\.\/client'$/m, '')
  const functions = new Map(parts.map((part) => [/^export const (\w+)/.exec(part)?.[1] ?? '', part]))
  return { head, functions }
}

/**
 * Gives the generated client our own runtime, and makes a module of each of its functions: otherwise every reader would
 * fetch those that only editors and moderators call.
 */
export const slimClient = (): Plugin => {
  let building = false
  return {
    name: 'byline:slim-client',
    enforce: 'pre',
    config: (_config, { command }) => {
      building = command === 'build'
    },
    resolveId(source, importer) {
      if (source === './client.gen' && sdk.test((importer ?? '').replace(/\?.*$/, ''))) return runtime
      return operation.test(source) ? source : undefined
    },
    load(id) {
      const [, name] = operation.exec(id) ?? []
      if (name) {
        const { head, functions } = read(id.replace(/\?.*$/, ''))
        const code = functions.get(name) ?? ''
        return { code: (code.includes('formData') ? forms : '') + head + code, moduleSideEffects: false }
      }
      if (!building || !sdk.test(id)) return undefined
      const names = [...read(id).functions.keys()]
      if (names.length < 50) this.error('The generated client has another shape: look at this plugin.')
      const code = names.map((each) => `export { ${each} } from '${id}?operation=${each}&lang.ts'`).join('\n')
      return { code, moduleSideEffects: false }
    },
  }
}
