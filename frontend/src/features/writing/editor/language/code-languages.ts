import {
  LanguageDescription,
  LanguageSupport,
  ParseContext,
  StreamLanguage,
  type StreamParser,
} from '@codemirror/language'
import type { Parser } from '@lezer/common'

type Load = () => Promise<StreamParser<unknown>>

const clike = () => import('@codemirror/legacy-modes/mode/clike')
const script = () => import('@codemirror/legacy-modes/mode/javascript')
const styles = () => import('@codemirror/legacy-modes/mode/css')
const markup = () => import('@codemirror/legacy-modes/mode/xml')

/** The languages that code blocks are coloured in, by the names that stand behind the fence. Each comes when needed. */
const languages: readonly [names: string, load: Load][] = [
  ['c h', async () => (await clike()).c],
  ['cpp c++ hpp cc', async () => (await clike()).cpp],
  ['csharp c# cs', async () => (await clike()).csharp],
  ['java', async () => (await clike()).java],
  ['kotlin kt', async () => (await clike()).kotlin],
  ['scala', async () => (await clike()).scala],
  ['dart', async () => (await clike()).dart],
  ['javascript js jsx mjs', async () => (await script()).javascript],
  ['typescript ts tsx', async () => (await script()).typescript],
  ['json jsonc', async () => (await script()).json],
  ['css', async () => (await styles()).css],
  ['scss', async () => (await styles()).sCSS],
  ['less', async () => (await styles()).less],
  ['html htm vue svelte', async () => (await markup()).html],
  ['xml svg rss atom', async () => (await markup()).xml],
  ['python py', async () => (await import('@codemirror/legacy-modes/mode/python')).python],
  ['ruby rb', async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby],
  ['go golang', async () => (await import('@codemirror/legacy-modes/mode/go')).go],
  ['rust rs', async () => (await import('@codemirror/legacy-modes/mode/rust')).rust],
  ['swift', async () => (await import('@codemirror/legacy-modes/mode/swift')).swift],
  ['shell sh bash zsh console', async () => (await import('@codemirror/legacy-modes/mode/shell')).shell],
  [
    'sql postgresql mysql sqlite',
    async () => (await import('@codemirror/legacy-modes/mode/sql')).standardSQL,
  ],
  ['yaml yml', async () => (await import('@codemirror/legacy-modes/mode/yaml')).yaml],
  ['toml', async () => (await import('@codemirror/legacy-modes/mode/toml')).toml],
  ['ini properties', async () => (await import('@codemirror/legacy-modes/mode/properties')).properties],
  ['diff patch', async () => (await import('@codemirror/legacy-modes/mode/diff')).diff],
  ['dockerfile docker', async () => (await import('@codemirror/legacy-modes/mode/dockerfile')).dockerFile],
  ['nginx', async () => (await import('@codemirror/legacy-modes/mode/nginx')).nginx],
  ['lua', async () => (await import('@codemirror/legacy-modes/mode/lua')).lua],
  ['perl pl', async () => (await import('@codemirror/legacy-modes/mode/perl')).perl],
  ['r', async () => (await import('@codemirror/legacy-modes/mode/r')).r],
  ['haskell hs', async () => (await import('@codemirror/legacy-modes/mode/haskell')).haskell],
  ['clojure clj', async () => (await import('@codemirror/legacy-modes/mode/clojure')).clojure],
  ['erlang erl', async () => (await import('@codemirror/legacy-modes/mode/erlang')).erlang],
  ['julia jl', async () => (await import('@codemirror/legacy-modes/mode/julia')).julia],
  ['latex tex', async () => (await import('@codemirror/legacy-modes/mode/stex')).stex],
  ['powershell ps1', async () => (await import('@codemirror/legacy-modes/mode/powershell')).powerShell],
]

const described = new Map<string, LanguageDescription>(
  languages.flatMap(([names, load]) => {
    const alias = names.split(' ')
    const description = LanguageDescription.of({
      name: alias[0] ?? names,
      alias,
      load: async () => new LanguageSupport(StreamLanguage.define(await load())),
    })
    return alias.map((name) => [name, description] as const)
  }),
)

/** The parser for what a fence says; until it has come, the block is skipped and looked at again afterwards. */
export function codeParser(info: string): Parser | null {
  const name = /^[^\s{,:]+/.exec(info.trim().toLowerCase())?.[0] ?? ''
  const found = described.get(name)
  if (!found) return null
  return found.support?.language.parser ?? ParseContext.getSkippingParser(found.load())
}

/** HTML as its source, for bodies that are no Markdown. */
export const htmlLanguage = async (): Promise<LanguageSupport> =>
  new LanguageSupport(StreamLanguage.define((await markup()).html))
