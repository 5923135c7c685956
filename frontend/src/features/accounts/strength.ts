export type Strength = 'short' | 'weak' | 'fair' | 'good' | 'strong'

/** As the server has it. */
export const shortest = 8

const runs = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '01234567890']
const common = [
  'password',
  'passwort',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  'dragon',
  'monkey',
  'qwerty',
]
/** Upper bounds in bits, below which a password is called so. */
const steps: readonly [Strength, number][] = [
  ['weak', 44],
  ['fair', 52],
  ['good', 70],
]

const alphabet = (text: string): number =>
  (/\p{Ll}/u.test(text) ? 26 : 0) +
  (/\p{Lu}/u.test(text) ? 26 : 0) +
  (/\d/.test(text) ? 10 : 0) +
  (/[^\p{L}\d]/u.test(text) ? 30 : 0)

const follows = (before: string, now: string): boolean =>
  before === now || runs.some((run) => run.includes(before + now) || run.includes(now + before))

/** How many characters are a surprise after the one before them: "aaaa" and "1234" hold one. */
function surprises(text: string): number {
  const characters = [...text]
  return characters.filter((now, index) => index === 0 || !follows(characters[index - 1] ?? '', now)).length
}

/** A rough judgement of a password, to be shown while it is typed; the server has the last word. */
export function passwordStrength(password: string, known: readonly string[] = []): Strength {
  if ([...password].length < shortest) return 'short'
  let left = password.toLowerCase()
  for (const word of [...known.flatMap((text) => text.toLowerCase().split(/[@.\s]+/)), ...common]) {
    if (word.length > 2) left = left.replaceAll(word, word.slice(0, 1))
  }
  const bits = surprises(left) * Math.log2(Math.max(alphabet(password), 2))
  return steps.find(([, most]) => bits < most)?.[0] ?? 'strong'
}
