import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Appeal } from '@/api'
import { listOf } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { ada, deciding, grace, makeDecision } from '../test/support'

import AppealList from './AppealList.vue'

const makeAppeal = (number: number, given: Partial<Appeal> = {}): Appeal => ({
  state: 'open',
  text: 'It was a joke.',
  created_at: '2026-03-14T09:26:00Z',
  decided_at: null,
  decision: makeDecision({ number }),
  appellant: grace,
  may_answer: true,
  ...given,
})

describe('appeals', () => {
  it('are answered with a word that is kept, and the focus goes on to the next', async () => {
    const all = [makeAppeal(5), makeAppeal(6, { appellant: ada })]
    let works = false
    const answered = new Set<number>()
    server.use(
      http.get('*/api/v1/moderation/appeals', () =>
        listOf(all.filter(({ decision }) => !answered.has(decision.number))),
      ),
    )
    const sent = deciding(({ answers }) => {
      if (works) answers?.forEach((number) => answered.add(number))
      return works ? undefined : [{ case: null, done: false, number: null }]
    })
    await render(AppealList)
    const first = await screen.findByRole('article', { name: 'Appeal by Grace Hopper' })
    const note = within(first).getByLabelText(/^For the person/)
    await userEvent.type(note, 'You may say that.')
    await userEvent.click(within(first).getByRole('button', { name: 'Take it back' }))
    await waitFor(() => expect(sent).toHaveLength(1))
    expect(note).toHaveValue('You may say that.')
    works = true
    await userEvent.click(within(first).getByRole('button', { name: 'Take it back' }))
    await waitFor(() => expect(screen.getByRole('article', { name: 'Appeal by Ada Byron' })).toHaveFocus())
    expect(screen.queryByRole('article', { name: 'Appeal by Grace Hopper' })).toBeNull()
    expect(sent.at(-1)).toEqual({ action: 'overturn', answers: [5], note: 'You may say that.' })
    await userEvent.click(screen.getByRole('button', { name: 'Let it stand' }))
    await waitFor(() => expect(screen.getByRole('group', { name: 'Appeals' })).toHaveFocus())
  })

  it('against one’s own decision are for others', async () => {
    server.use(http.get('*/api/v1/moderation/appeals', () => listOf([makeAppeal(5, { may_answer: false })])))
    await render(AppealList)
    expect(await screen.findByText(/another moderator has to look at it/)).toBeInTheDocument()
    expect(screen.queryByRole('button')).toBeNull()
  })
})
