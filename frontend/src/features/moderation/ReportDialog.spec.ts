import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'
import { server } from '@/test/server'

import ReportDialog from './ReportDialog.vue'

function answering(
  answer: () => Response = () => HttpResponse.json({ id: 1, outcome: 'open' }, { status: 201 }),
) {
  const sent: unknown[] = []
  server.use(
    http.post('*/api/v1/reports', async ({ request }) => {
      sent.push(await request.json())
      return answer()
    }),
  )
  return sent
}

const open = (subject: object = { comment: 7 }, name?: string) =>
  render(ReportDialog, { props: { subject, name, open: true } })

describe('the report dialog', () => {
  it('sends what is wrong, and says what happens then', async () => {
    const sent = answering()
    const { emitted } = await open()
    const dialog = within(await screen.findByRole('dialog', { name: 'Report this comment' }))
    await userEvent.click(dialog.getByRole('radio', { name: 'Abuse' }))
    await userEvent.type(dialog.getByLabelText('Anything a moderator should know'), ' A threat. ')
    await userEvent.click(dialog.getByRole('button', { name: 'Report' }))
    expect(await screen.findByRole('dialog', { name: 'Thank you for the report' })).toBeInTheDocument()
    expect(sent).toEqual([{ comment: 7, reason: 'abuse', detail: 'A threat.' }])
    expect(emitted('reported')).toHaveLength(1)
    expect(screen.getByRole('link', { name: 'My reports' })).toHaveAttribute('href', '/account/reports')
  })

  it('asks for a reason, and for words where there is none of the list', async () => {
    const sent = answering()
    await open({ post: 'ink' })
    await screen.findByRole('dialog', { name: 'Report this post' })
    await userEvent.click(screen.getByRole('button', { name: 'Report' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Choose what is wrong.')
    expect(screen.getByRole('radio', { name: 'Spam' })).toHaveFocus()
    await userEvent.click(screen.getByRole('radio', { name: 'Something else' }))
    await userEvent.click(screen.getByRole('button', { name: 'Report' }))
    const detail = screen.getByLabelText('Anything a moderator should know')
    expect(detail).toHaveAccessibleDescription(/Say in a few words/)
    expect(detail).toHaveFocus()
    expect(sent).toEqual([])
  })

  it('says when it was reported already', async () => {
    answering(() => HttpResponse.json({ id: 1, outcome: 'open' }))
    const { emitted } = await open({ person: 'ada' }, 'Ada')
    await screen.findByRole('dialog', { name: 'Report Ada' })
    await userEvent.click(screen.getByRole('radio', { name: 'Spam' }))
    await userEvent.click(screen.getByRole('button', { name: 'Report' }))
    expect(await screen.findByRole('dialog', { name: 'You have reported this already' })).toBeInTheDocument()
    expect(emitted('reported')).toBeUndefined()
  })

  it('keeps what was typed when it could not be sent', async () => {
    answering(() => HttpResponse.error())
    await open()
    await userEvent.click(await screen.findByRole('radio', { name: 'Spam' }))
    await userEvent.type(screen.getByLabelText('Anything a moderator should know'), 'Pills.')
    await userEvent.click(screen.getByRole('button', { name: 'Report' }))
    expect(await screen.findByText(/connection/i)).toBeInTheDocument()
    expect(screen.getByLabelText('Anything a moderator should know')).toHaveValue('Pills.')
  })
})
