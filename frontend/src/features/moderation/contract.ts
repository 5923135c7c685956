// eslint-disable-next-line no-restricted-imports -- these operations are not in the generated client yet
import { client } from '@/api/generated/client.gen'
import type { Post } from '@/api'

import type { Reason } from './reports'

export type Byline = Post['author']
export interface Page<Row> {
  readonly results: readonly Row[]
  readonly next: string | null
  readonly previous: string | null
}

export type SubjectType = 'post' | 'comment' | 'person'
export interface NamedSubject {
  readonly type: SubjectType
  readonly id: number
  readonly url: string | null
  readonly title: string
  readonly excerpt: string
}
export interface Subject extends NamedSubject {
  readonly body_html: string
  readonly guest_name: string
  readonly thread_locked: boolean | null
  readonly slow_mode_seconds: number | null
  readonly status: string
  readonly author: Byline | null
}

export const actions = [
  'approve',
  'remove',
  'spam',
  'dismiss',
  'lock',
  'unlock',
  'slow',
  'warn',
  'silence',
  'suspend',
  'lift',
] as const
export type Action = (typeof actions)[number]
export type LoggedAction = Action | 'hold' | 'undo' | 'uphold' | 'overturn'

export interface CaseReport {
  readonly reporter: Byline
  readonly reason: Reason
  readonly detail: string
  readonly created_at: string
}

export interface Person {
  readonly byline: Byline
  readonly joined: string
  readonly comment_count: number
  readonly removed: number
  readonly warnings: number
  readonly silenced_until: string | null
  readonly suspended_until: string | null
}

export interface Ancestor {
  readonly id: number
  readonly author: string
  readonly excerpt: string
}

export interface Decision {
  readonly number: number
  readonly action: LoggedAction
  readonly subject: NamedSubject
  readonly person: Byline | null
  readonly moderator: Byline | null
  readonly reason: string
  readonly rule: string
  readonly note: string
  readonly answers: number | null
  readonly answered_by: number | null
  readonly until: string | null
  readonly created_at: string
  readonly appeal: AppealState | null
}

export interface AppealState {
  readonly state: 'open' | 'upheld' | 'overturned'
  readonly text: string
  readonly created_at: string
  readonly decided_at: string | null
}

export interface Case {
  readonly id: number
  readonly subject: Subject
  readonly thread: readonly Ancestor[]
  readonly rule: string | null
  readonly report_count: number
  readonly reports: readonly CaseReport[]
  readonly person: Person | null
  readonly opened_at: string
  readonly closed_at: string | null
  readonly decision: Pick<
    Decision,
    'number' | 'action' | 'moderator' | 'reason' | 'note' | 'created_at'
  > | null
}

export interface Appeal extends AppealState {
  readonly decision: Decision
  readonly appellant: Byline
  readonly may_answer: boolean
}

export interface MyDecision extends Omit<Decision, 'person' | 'moderator'> {
  readonly may_appeal: boolean
}

export interface MyReport {
  readonly id: number
  readonly subject: NamedSubject
  readonly reason: Reason
  readonly detail: string
  readonly outcome: 'open' | 'upheld' | 'declined'
  readonly created_at: string
}

export interface NewDecision {
  readonly cases?: readonly number[]
  readonly action: Action | 'undo' | 'uphold' | 'overturn'
  readonly reason?: Reason | ''
  readonly note?: string
  readonly until?: string
  readonly seconds?: number
  readonly answers?: readonly number[]
}

export interface DecisionResult {
  readonly case: number | null
  readonly answers: number | null
  readonly done: boolean
  readonly number: number | null
  readonly problem?: { readonly code: string; readonly detail: string } | null
}

interface Reading {
  readonly query?: Record<string, string | number>
  readonly signal?: AbortSignal
}

async function read<Answer>(url: string, { query, signal }: Reading): Promise<Answer> {
  const { data } = await client.get<Answer, unknown, true>({
    url: `/api/v1${url}`,
    throwOnError: true,
    ...(query && { query }),
    ...(signal && { signal }),
  })
  return data as Answer
}

async function send<Answer>(url: string, body: unknown): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' }
  const { data } = await client.post<Answer, unknown, true>({
    url: `/api/v1${url}`,
    throwOnError: true,
    headers,
    body,
  })
  return data as Answer
}

export const listCases = (options: Reading) => read<Page<Case>>('/moderation/queue', options)
export const listDecisions = (options: Reading) => read<Page<Decision>>('/moderation/decisions', options)
export const listAppeals = (options: Reading) => read<Page<Appeal>>('/moderation/appeals', options)
export const listMyDecisions = (options: Reading) => read<Page<MyDecision>>('/me/decisions', options)
export const listMyReports = (options: Reading) => read<Page<MyReport>>('/me/reports', options)
export const getSummary = (options: Reading) =>
  read<{ open: number; appeals: number }>('/moderation/summary', options)
/** How many cases and appeals wait for the caller. */
export async function countOpen(): Promise<number> {
  const { open, appeals } = await getSummary({})
  return open + appeals
}
export const decide = (body: NewDecision) =>
  send<{ results: DecisionResult[] }>('/moderation/decisions', body)
export const appeal = (body: { decision: number; text: string }) => send('/moderation/appeals', body)
