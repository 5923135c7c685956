import { defineLanguageFacet, Language, languageDataProp } from '@codemirror/language'
import { GFM, parseCode, parser } from '@lezer/markdown'

import { codeParser } from './code-languages'
import { footnotes } from './footnotes'

const data = defineLanguageFacet({ closeBrackets: { brackets: ['(', '[', '{'] } })

/** Markdown as our readers get it: CommonMark with tables, tasks, strikethrough, bare links and footnotes. */
export const markdown = new Language(
  data,
  parser.configure([
    GFM,
    footnotes,
    parseCode({ codeParser }),
    { props: [languageDataProp.add((type) => (type.name === 'Document' ? data : undefined))] },
  ]),
  [],
  'markdown',
)
