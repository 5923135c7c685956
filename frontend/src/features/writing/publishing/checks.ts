import type { Finding } from '@/api'

/** Where in the editor something is. */
export interface Place {
  readonly field: 'title' | 'excerpt' | 'cover' | 'body'
  /** Of the body, from 1. */
  readonly line: number | null
}

const fields = new Map<string, Place['field']>([
  ['no_title', 'title'],
  ['no_excerpt', 'excerpt'],
  ['cover_alt', 'cover'],
])

export const placeOf = ({ code, line }: Finding): Place => ({ field: fields.get(code) ?? 'body', line })
