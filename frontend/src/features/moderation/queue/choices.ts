import type { Case } from '@/api'

import type { Action } from '../decisions'

/** What can be decided at once, by key or button, where it makes sense. */
export const quick = ['approve', 'remove', 'spam', 'dismiss'] as const
export type Quick = (typeof quick)[number]

export const isQuick = (action: string): action is Quick => quick.some((name) => name === action)

const hidden = new Set(['pending', 'removed', 'spam'])

/** Of the quick ones, those for this case: what is shown has nothing to be approved, and a person is no text. */
export function quickFor({ subject }: Case): readonly Quick[] {
  if (subject.type === 'person') return ['dismiss']
  if (subject.type === 'post') return ['remove', 'dismiss']
  if (subject.status === 'pending') return ['approve', 'remove', 'spam']
  return hidden.has(subject.status) ? ['approve'] : ['remove', 'spam', 'dismiss']
}

/** All that can be decided about it, with a reason and a word to the person. */
export function choicesFor(given: Case): readonly Action[] {
  const { subject, person } = given
  const about: Action[] = person ? ['warn', 'silence', 'suspend'] : []
  const ends: Action[] = person && (person.silenced_until ?? person.suspended_until) ? ['lift'] : []
  const thread: Action[] =
    subject.type === 'person' ? [] : [subject.thread_locked ? 'unlock' : 'lock', 'slow']
  return [...quickFor(given), ...about, ...ends, ...thread]
}

/** The reason that most of those who reported it gave; none where nobody did. */
export function commonReason({ reports }: Case) {
  const counts = new Map<Case['reports'][number]['reason'], number>()
  for (const { reason } of reports) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}
