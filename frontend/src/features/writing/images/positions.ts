/**
 * Where a place in `before` is found in `after`, judged by the stretch in which the two differ. A place where
 * something is typed stays before it, as the place of a picture does when one goes on writing after pasting it.
 */
export function mapPosition(before: string, after: string, position: number): number {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  if (position <= start) return position
  let same = 0
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same += 1
  const end = before.length - same
  const shifted = position + after.length - before.length
  if (position > end) return shifted
  return sameLine(before, after, position) ?? (position === end ? shifted : start)
}

/** The same place in the same line, if there is one such line: several may have changed around it at once. */
function sameLine(before: string, after: string, position: number): number | null {
  const from = before.lastIndexOf('\n', position - 1) + 1
  const line = (/^.*/.exec(before.slice(from)) ?? [''])[0]
  const found = `\n${after}\n`.split(`\n${line}\n`)
  const [above = ''] = found
  return line.trim() !== '' && found.length === 2 ? above.length + position - from : null
}

const fence = /^ {0,3}(`{3,}|~{3,})/

/** Whether this line ends the block of code that `open` has begun. */
const closes = (line: string, open: string): boolean =>
  new RegExp(`^ {0,3}${open[0]}{${open.length},}[ \\t]*$`).test(line)

/** The end of the block of text that a place is in: no paragraph, table or piece of code is cut in two. */
function blockEnd(text: string, position: number): number {
  let open = ''
  let start = 0
  for (const line of text.split('\n')) {
    const end = start + line.length
    if (open) {
      if (closes(line, open)) open = ''
    } else {
      if (start >= position && line.trim() === '') return Math.max(position, start - 1)
      open = fence.exec(line)?.[1] ?? ''
      if (line.trim() === '' && end >= position) return end
    }
    start = end + 1
  }
  return text.length
}

export interface Insertion {
  readonly at: number
  readonly text: string
}

/** What to insert, and where, so that `block` stands by itself near a place: with an empty line before and after it. */
export function blockInsertion(text: string, position: number, block: string): Insertion {
  const at = blockEnd(text, Math.min(Math.max(position, 0), text.length))
  const before = text.slice(0, at)
  const after = text.slice(at)
  const above = before.trim() === '' ? 0 : 2 - Math.min(2, /\n*$/.exec(before)?.[0].length ?? 0)
  const below =
    after.trim() === '' ? Math.max(0, 1 - after.length) : 2 - Math.min(2, /^\n*/.exec(after)?.[0].length ?? 0)
  return { at, text: '\n'.repeat(above) + block + '\n'.repeat(below) }
}
