/** What was typed or pasted, without spaces, hyphens and the like: codes may be grouped in any way. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '')

/** The code in a text that was pasted, such as a whole line of a mail; undefined when it holds none of that length. */
export function codeIn(text: string, length: number): string | undefined {
  const groups = text.normalize('NFKC').match(/\d(?:[ \u00a0.–-]?\d)*/g) ?? []
  return groups.map(digitsOf).find((digits) => digits.length === length)
}
