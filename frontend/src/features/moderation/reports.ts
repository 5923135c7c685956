import { authorized, report, type ReportReason } from '@/api'

/** What is reported: one of the three. */
export type ReportSubject =
  { readonly post: string } | { readonly comment: number } | { readonly person: string }

export const reasons = ['spam', 'abuse', 'off_topic', 'illegal', 'other'] as const
export type Reason = ReportReason

export interface NewReport {
  readonly reason: Reason
  readonly detail: string
}

/** Sends a report, and answers whether it was the first of the reader about that. */
export async function sendReport(subject: ReportSubject, given: NewReport): Promise<'sent' | 'already'> {
  let isNew = true
  const watching = authorized(async (request) => {
    const response = await fetch(request)
    isNew = response.status === 201
    return response
  })
  await report({ body: { ...subject, ...given }, fetch: watching })
  return isNew ? 'sent' : 'already'
}
