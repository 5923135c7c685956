import type { Notification } from '@/api'

let count = 0

export const makePerson = (username: string, display_name = '') => ({
  username,
  display_name,
  avatar_url: '',
})

/** For specs: somebody replied to a comment. */
export const makeNotification = (given: Partial<Notification> = {}): Notification => ({
  id: ++count,
  kind: 'reply',
  actors: [makePerson('bo', 'Bo')],
  actor_count: 1,
  post: { slug: 'on-engines', title: 'On engines' },
  comment: { id: 41, excerpt: 'I think so too.' },
  data: {},
  happened_at: '2026-03-14T09:26:00Z',
  read: false,
  ...given,
})
