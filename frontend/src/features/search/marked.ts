export interface Piece {
  readonly text: string
  readonly marked: boolean
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
}

const plain = (escaped: string): string =>
  escaped.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity)

/** The pieces of an escaped text in which `<mark>` is the only element; anything else in it stays text. */
export const piecesOf = (html: string): Piece[] =>
  html
    .split(/<mark>(.*?)<\/mark>/s)
    .map((piece, place) => ({ text: plain(piece), marked: place % 2 === 1 }))
    .filter((piece) => piece.text !== '')
