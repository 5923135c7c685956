import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import { deciding } from './test/support'
import ThreadControls from './ThreadControls.vue'

async function open(props: { locked?: boolean; seconds?: number } = {}) {
  const shown = await render(ThreadControls, { props: { slug: 'ink', locked: false, seconds: 0, ...props } })
  await userEvent.click(await screen.findByRole('button', { name: 'Moderate …' }))
  return { shown, dialog: within(await screen.findByRole('dialog')) }
}

describe('the controls of a thread', () => {
  it('lock it, with a reason and a word to the author', async () => {
    const sent = deciding(() => [{ done: true, case: null, number: 41 }])
    const { shown, dialog } = await open()
    await userEvent.selectOptions(dialog.getByLabelText('Reason'), 'Abuse')
    await userEvent.type(dialog.getByLabelText(/^A word to the author/), 'It got heated.')
    await userEvent.click(dialog.getByRole('button', { name: 'Decide' }))

    await expect
      .poll(() => sent.at(-1))
      .toMatchObject({ subject: { post: 'ink' }, action: 'lock', reason: 'abuse', note: 'It got heated.' })
    await expect.poll(() => shown.emitted('changed')).toHaveLength(1)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('slow it down, and say how much', async () => {
    const sent = deciding(() => [{ done: true, case: null, number: 41 }])
    const { dialog } = await open()
    await userEvent.selectOptions(dialog.getByLabelText('Decision'), 'Slow mode')
    await userEvent.selectOptions(dialog.getByLabelText(/^Between two comments/), '300 seconds')
    await userEvent.click(dialog.getByRole('button', { name: 'Decide' }))

    await expect.poll(() => sent.at(-1)).toMatchObject({ action: 'slow', seconds: 300 })
  })

  it('offer to open what is locked', async () => {
    const { dialog } = await open({ locked: true })
    expect(dialog.getByLabelText('Decision')).toHaveDisplayValue('Open the thread again')
  })

  it('keep what was typed where the server refuses, and say why', async () => {
    deciding(() => [
      {
        done: false,
        problem: {
          type: 'about:blank',
          title: 'Not yours to decide',
          status: 403,
          detail: 'It stands under your own post.',
          code: 'own_case',
          request_id: 'r',
        },
      },
    ])
    const { dialog } = await open()
    await userEvent.type(dialog.getByLabelText(/^A word to the author/), 'Please stop.')
    await userEvent.click(dialog.getByRole('button', { name: 'Decide' }))

    expect(await dialog.findByText('It stands under your own post.')).toBeVisible()
    expect(dialog.getByLabelText(/^A word to the author/)).toHaveValue('Please stop.')
  })
})
