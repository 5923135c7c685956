import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { ProblemError } from '@/lib/problem'
import { render } from '@/test/render'

import DecisionForm from './DecisionForm.vue'
import type { Action, Decided } from './decisions'

const take = vi.fn<(decision: Decided) => Promise<void>>()
const show = (actions: readonly Action[], given: { seconds?: number; reason?: 'spam' } = {}) =>
  render(DecisionForm, {
    props: { actions, noteLabel: 'A word', noteHint: 'They read it.', note: '', take, ...given },
  })
const decide = () => userEvent.click(screen.getByRole('button', { name: 'Decide' }))

beforeEach(() => {
  take.mockReset().mockResolvedValue()
})

describe('the form of a decision', () => {
  it('begins with the first choice and what is likely, and asks for nothing that the choice has not', async () => {
    await show(['dismiss', 'slow', 'suspend'], { reason: 'spam' })
    expect(screen.getByLabelText('Decision')).toHaveValue('dismiss')
    expect(screen.queryByLabelText('For how long')).toBeNull()
    expect(screen.queryByLabelText(/^Between two comments/)).toBeNull()
    await decide()
    expect(take).toHaveBeenCalledWith({ action: 'dismiss', reason: 'spam', note: '' })
  })

  it('says until when, where a decision ends', async () => {
    await show(['dismiss', 'suspend'])
    await userEvent.selectOptions(screen.getByLabelText('Decision'), 'suspend')
    await userEvent.selectOptions(screen.getByLabelText('For how long'), '30 days')
    await decide()
    const [sent] = take.mock.lastCall ?? []
    expect(sent).toMatchObject({ action: 'suspend', reason: '' })
    expect((new Date(sent?.until ?? '').getTime() - Date.now()) / 86_400_000).toBeCloseTo(30, 2)
  })

  it('begins with how slow a discussion is already', async () => {
    await show(['slow'], { seconds: 300 })
    await decide()
    expect(take).toHaveBeenCalledWith({ action: 'slow', reason: '', note: '', seconds: 300 })
  })

  it('tells what is typed at once, and keeps it where it is refused', async () => {
    take.mockRejectedValue(new ProblemError(409, { title: 'Too late', code: 'gone' }))
    const { emitted } = await show(['dismiss'])
    await userEvent.type(screen.getByLabelText(/^A word/), ' So. ')
    expect(emitted('update:note').at(-1)).toEqual([' So. '])
    await decide()
    expect(await screen.findByText('Too late')).toBeVisible()
    expect(screen.getByLabelText(/^A word/)).toHaveValue(' So. ')
    expect(take).toHaveBeenCalledWith({ action: 'dismiss', reason: '', note: 'So.' })
  })
})
