import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { OwnDecision, OwnReport } from '@/api'
import { listOf, problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import DecisionLog from '../log/DecisionLog.vue'
import { makeDecision } from '../test/support'

import MyDecisions from './MyDecisions.vue'
import MyReports from './MyReports.vue'

const { subject, created_at, ...rest } = makeDecision()
const removal: OwnDecision = {
  number: rest.number,
  action: rest.action,
  reason: rest.reason,
  rule: rest.rule,
  note: rest.note,
  answers: null,
  answered_by: null,
  until: null,
  appeal: null,
  subject: { ...subject, excerpt: 'Something rude.' },
  created_at,
  may_appeal: true,
}

describe('decisions about one', () => {
  it('are appealed in words that are kept until they are sent', async () => {
    const sent: unknown[] = []
    let works = false
    server.use(
      http.get('*/api/v1/me/decisions', () => listOf([{ ...removal, may_appeal: !works }])),
      http.post('*/api/v1/moderation/appeals', async ({ request }) => {
        sent.push(await request.json())
        return works ? HttpResponse.json({}, { status: 201 }) : problem(503, { detail: 'Not now.' })
      }),
    )
    const first = await render(MyDecisions)
    await userEvent.click(await screen.findByRole('button', { name: 'Appeal' }))
    const text = screen.getByLabelText('Why should it be looked at again?')
    expect(text).toHaveFocus()
    await userEvent.type(text, 'It was a joke.')
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }))
    expect(await screen.findByText('Not now.')).toBeInTheDocument()
    first.unmount()

    await render(MyDecisions)
    await userEvent.click(await screen.findByRole('button', { name: 'Appeal' }))
    expect(screen.getByLabelText('Why should it be looked at again?')).toHaveValue('It was a joke.')
    works = true
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }))
    await waitFor(() => expect(screen.getByRole('article', { name: 'Removed' })).toHaveFocus())
    expect(sent.at(-1)).toEqual({ decision: 5, text: 'It was a joke.' })
    expect(localStorage.getItem('byline.words.appeal.5')).toBeNull()
  })
})

describe('what one reported', () => {
  it('says which comment it was, and what came of it', async () => {
    const report: OwnReport = {
      id: 1,
      subject: { ...subject, excerpt: 'Something rude.' },
      reason: 'abuse',
      detail: 'A threat.',
      outcome: 'upheld',
      created_at,
    }
    const gone = { ...report, id: 2, subject: { ...report.subject, title: '', url: null, excerpt: '' } }
    server.use(http.get('*/api/v1/me/reports', () => listOf([report, gone])))
    await render(MyReports)
    const [first, second] = await screen.findAllByRole('listitem')
    if (!first || !second) throw new Error('there are two')
    expect(within(first).getByRole('link', { name: 'A comment under “Ink”' })).toBeInTheDocument()
    expect(first).toHaveTextContent('Something rude.')
    expect(first).toHaveTextContent('You said: A threat.')
    expect(first).toHaveTextContent('Something was done')
    expect(within(second).queryByRole('link')).toBeNull()
  })
})

describe('the log', () => {
  it('says in the past what was decided, about which words, and until when', async () => {
    const silence = makeDecision({ number: 6, action: 'silence', until: '2026-04-01T10:00:00Z' })
    const undone = makeDecision({ number: 7, action: 'undo', answers: 5, note: '' })
    const about = makeDecision({ subject: { ...subject, excerpt: 'Something rude.' } })
    server.use(http.get('*/api/v1/moderation/decisions', () => listOf([undone, silence, about])))
    await render(DecisionLog, { props: { person: '' } })
    const rows = await screen.findAllByRole('listitem')
    expect(rows[0]).toHaveTextContent('Taken back: number 5')
    expect(rows[1]).toHaveTextContent(/Silenced.*until Apr 1, 2026/)
    expect(rows[2]).toHaveTextContent(/Removed.*Something rude\..*Told the person: Please be kind\./)
  })
})
