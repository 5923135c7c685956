import { http, HttpResponse } from 'msw'

import type { Case, Decision, DecisionResult } from '@/api'
import { listOf } from '@/test/answers'
import { server } from '@/test/server'

import type { NewDecision } from '../decisions'

const moment = '2026-03-14T09:26:00Z'
export const grace = { username: 'grace', display_name: 'Grace Hopper', avatar_url: '' }
export const ada = { username: 'ada', display_name: 'Ada Byron', avatar_url: '' }

/** A comment that one person reported as abuse. */
export const makeCase = (given: Partial<Case> = {}, subject: Partial<Case['subject']> = {}): Case => ({
  id: 1,
  subject: {
    type: 'comment',
    id: 7,
    url: 'http://localhost:3000/posts/ink#comment-7',
    title: 'Ink',
    excerpt: 'Something rude.',
    body_html: '<p>Something rude.</p>',
    version: 1,
    guest_name: '',
    thread_locked: false,
    slow_mode_seconds: 0,
    status: 'visible',
    author: grace,
    post_slug: 'ink',
    ...subject,
  },
  thread: [{ id: 3, author: 'Ada Byron', excerpt: 'What do you think?', status: 'visible' }],
  rule: null,
  report_count: 1,
  reports: [{ reporter: ada, reason: 'abuse', detail: 'A threat.', outcome: 'open', created_at: moment }],
  person: {
    byline: grace,
    joined: moment,
    comment_count: 12,
    removed: 2,
    warnings: 1,
    silenced_until: null,
    suspended_until: null,
  },
  opened_at: moment,
  closed_at: null,
  decision: null,
  ...given,
})

export const makeDecision = (given: Partial<Decision> = {}): Decision => ({
  number: 5,
  action: 'remove',
  subject: {
    type: 'comment',
    id: 7,
    url: 'http://localhost:3000/posts/ink#comment-7',
    title: 'Ink',
    excerpt: '',
  },
  person: grace,
  moderator: ada,
  reason: 'abuse',
  rule: '',
  note: 'Please be kind.',
  answers: null,
  answered_by: null,
  until: null,
  created_at: moment,
  appeal: null,
  case: 1,
  before: {},
  after: {},
  hash: '',
  ...given,
})

/** Answers decisions, each as done unless `answer` says otherwise, and keeps what was decided. */
export function deciding(
  answer: (sent: NewDecision) => readonly Partial<DecisionResult>[] | undefined = () => undefined,
): NewDecision[] {
  const sent: NewDecision[] = []
  let number = 40
  server.use(
    http.post('*/api/v1/moderation/decisions', async ({ request }) => {
      const body = (await request.json()) as NewDecision
      sent.push(body)
      const named = body.cases ?? body.answers ?? []
      const results = answer(body) ?? named.map((one) => ({ case: one, done: true, number: ++number }))
      return HttpResponse.json({ results })
    }),
  )
  return sent
}

/** What waits in the queue, as `cases` says at that moment. */
export const waiting = (cases: () => readonly Case[]) =>
  server.use(http.get('*/api/v1/moderation/queue', () => listOf(cases())))
