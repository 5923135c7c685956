/** Lines and the breaks between them, each a token of its own; joined they are the text again. */
export const lines = (text: string): string[] => text.split(/((?:\r?\n)+)/u).filter((token) => token !== '')

/** Sentences with the blank after them, or tags of HTML and what stands between. */
export const sentences = (text: string): string[] =>
  text.split(/(?<=[.!?…。！？]["'”’)\]]*\s)|(?<=>)(?=<)/u).filter((token) => token !== '')

const segmenter =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null

/** Words, blanks and marks, in any script. */
export const words = (text: string): string[] =>
  segmenter
    ? Array.from(segmenter.segment(text), ({ segment }) => segment)
    : text.split(/(\s+|[\p{P}\p{S}])/u).filter((token) => token !== '')

export const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token)
