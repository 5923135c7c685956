import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'

import { NetworkError, ProblemError } from '@/lib/problem'
import { render } from '@/test/render'

import ErrorNotice from './ErrorNotice.vue'

describe('ErrorNotice', () => {
  it('names the request and offers another try', async () => {
    const error = new ProblemError(500, { requestId: 'req-9' })
    const { emitted } = await render(ErrorNotice, { props: { error } })

    expect(screen.getByRole('alert')).toHaveTextContent('Something went wrong on our side')
    expect(screen.getByText('req-9')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(emitted('retry')).toHaveLength(1)
  })

  it('tells a lost connection from a fault', async () => {
    await render(ErrorNotice, { props: { error: new NetworkError('gone') } })

    expect(screen.getByRole('heading', { name: 'The server can’t be reached' })).toBeVisible()
  })
})
