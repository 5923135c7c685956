// eslint-disable-next-line no-restricted-imports -- the operation is not in the generated client yet
import { client } from '@/api/generated/client.gen'
import { ProblemError } from '@/lib/problem'

/** What is reported: one of the three. */
export type ReportSubject =
  { readonly post: string } | { readonly comment: number } | { readonly person: string }

export const reasons = ['spam', 'abuse', 'off_topic', 'illegal', 'other'] as const
export type Reason = (typeof reasons)[number]

export interface NewReport {
  readonly reason: Reason
  readonly detail: string
}

export const isAlreadyReported = (error: unknown): boolean =>
  error instanceof ProblemError && (error.status === 409 || error.code === 'already_reported')

export async function sendReport(subject: ReportSubject, report: NewReport): Promise<void> {
  await client.post({
    url: '/api/v1/reports',
    body: { ...subject, ...report },
    headers: { 'Content-Type': 'application/json' },
    throwOnError: true,
  })
}
