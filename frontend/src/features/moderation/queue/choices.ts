import type { Case } from '@/api'

import type { Action } from '../decisions'

/** What can be decided at once, by key or button, where it makes sense. */
export const quick = ['approve', 'remove', 'spam', 'dismiss'] as const
export type Quick = (typeof quick)[number]

export const isQuick = (action: string): action is Quick => quick.some((name) => name === action)

/**
 * Of the quick ones, those for this case: what is shown has nothing to be approved, a person is no text, and what is
 * hidden already can be left so, which ends the case too.
 */
export function quickFor({ subject }: Case): readonly Quick[] {
  if (subject.type === 'person') return ['dismiss']
  if (subject.type === 'post') return subject.status === 'published' ? ['remove', 'dismiss'] : ['dismiss']
  return subject.status === 'visible' ? ['remove', 'spam', 'dismiss'] : ['approve', 'remove', 'spam']
}

/** Until when a silence or suspension lasts that is in force. */
export function inForce(until: string | null): string | undefined {
  return until !== null && Date.parse(until) > Date.now() ? until : undefined
}

/** All that can be decided about it, with a reason and a word to the person. */
export function choicesFor(given: Case): readonly Action[] {
  const { subject, person } = given
  const about: Action[] = person ? ['warn', 'silence', 'suspend'] : []
  const isHeld = person && (inForce(person.silenced_until) ?? inForce(person.suspended_until))
  const ends: Action[] = isHeld ? ['lift'] : []
  const thread: Action[] =
    subject.type === 'person' ? [] : [subject.thread_locked ? 'unlock' : 'lock', 'slow']
  return [...quickFor(given), ...about, ...ends, ...thread]
}

const ofThread: readonly Action[] = ['lock', 'unlock', 'slow']

/** Whether nothing is left to decide then. What is decided beside a comment, about its author or thread, leaves it. */
export function endsCase(action: Action, { subject }: Case): boolean {
  return (
    isQuick(action) || subject.type === 'person' || (subject.type === 'post' && ofThread.includes(action))
  )
}

/** Cases of one reason together: each decision names one. */
export function byReason(
  cases: readonly Case[],
): ReadonlyMap<ReturnType<typeof commonReason>, readonly Case[]> {
  const groups = new Map<ReturnType<typeof commonReason>, Case[]>()
  for (const one of cases) {
    const reason = commonReason(one)
    groups.set(reason, [...(groups.get(reason) ?? []), one])
  }
  return groups
}

/** The reason that most of those who reported it gave; none where nobody did. */
export function commonReason({ reports }: Case) {
  const counts = new Map<Case['reports'][number]['reason'], number>()
  for (const { reason } of reports) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}
