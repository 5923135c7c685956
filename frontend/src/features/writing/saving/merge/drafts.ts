import { differences, type Draft, type DraftField } from '../draft'
import { mergeLine, mergeText, type Part } from './text'

/** Something that both changed in different ways. */
export interface Clash {
  readonly field: DraftField
  readonly base: string
  readonly mine: string
  readonly theirs: string
  /** Whether one text can follow the other. */
  readonly joinable: boolean
}

export type Choice = 'mine' | 'theirs' | 'both'
/** In the order of the clashes; mine where nothing is chosen. */
export type Choices = readonly (Choice | undefined)[]

/** Two sets of changes to the same base, side by side. */
export interface Merge {
  readonly clashes: readonly Clash[]
  /** Everything together, each clash as it was chosen. */
  readonly resolve: (choices?: Choices) => Draft
}

/** What became of one field. */
interface FieldMerge {
  readonly clashes: readonly Clash[]
  readonly value: (choices: Choices) => Draft[DraftField]
}

type TextField = 'title' | 'excerpt' | 'body'

const texts: Record<
  TextField,
  { merge: (base: string, mine: string, theirs: string) => Part[]; between: string | null }
> = {
  title: { merge: mergeLine, between: null },
  excerpt: { merge: mergeLine, between: ' ' },
  body: { merge: mergeText, between: '\n\n' },
}

const isText = (name: DraftField): name is TextField => name in texts

function pick(clash: { mine: string; theirs: string }, choice: Choice | undefined, between: string): string {
  if (choice === 'theirs') return clash.theirs
  if (choice !== 'both') return clash.mine
  return [clash.mine, clash.theirs].filter((side) => side !== '').join(between)
}

function mergeTextField(field: TextField, base: Draft, mine: Draft, theirs: Draft): FieldMerge {
  const { merge, between } = texts[field]
  const parts = merge(base[field], mine[field], theirs[field])
  const clashes = parts
    .filter((part) => part.kind === 'clash')
    .map((part) => ({
      field,
      base: part.base,
      mine: part.mine,
      theirs: part.theirs,
      joinable: between !== null,
    }))
  return {
    clashes,
    value: (choices) => {
      let at = 0
      return parts
        .map((part) => (part.kind === 'text' ? part.text : pick(part, choices[at++], between ?? ' ')))
        .join('')
    },
  }
}

function mergeField(field: DraftField, base: Draft, mine: Draft, theirs: Draft): FieldMerge {
  if (isText(field)) return mergeTextField(field, base, mine, theirs)
  const sides = { base: String(base[field]), mine: String(mine[field]), theirs: String(theirs[field]) }
  return {
    clashes: [{ field, ...sides, joinable: false }],
    value: ([choice]) => (choice === 'theirs' ? theirs : mine)[field],
  }
}

/** Brings two sets of changes to the same base together: texts word by word, everything else field by field. */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Merge {
  const mineChanged = new Set(differences(base, mine))
  const apart = new Set(differences(mine, theirs))
  const names = differences(base, theirs).filter((name) => apart.has(name))
  const merged = names.map((name): [DraftField, FieldMerge] => [
    name,
    mineChanged.has(name) ? mergeField(name, base, mine, theirs) : { clashes: [], value: () => theirs[name] },
  ])
  return {
    clashes: merged.flatMap(([, { clashes }]) => clashes),
    resolve: (choices = []) => {
      const result = { ...mine }
      let at = 0
      for (const [name, { clashes, value }] of merged) {
        Object.assign(result, { [name]: value(choices.slice(at, at + clashes.length)) })
        at += clashes.length
      }
      return result
    },
  }
}
