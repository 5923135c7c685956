import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AppealPage from './AppealPage.vue'

const address = '*/api/v1/moderation/appeals/by-link'
const field = () => screen.findByLabelText('Why should it be looked at again?')

describe('AppealPage', () => {
  it('appeals without signing in, by the token of the link', async () => {
    const sent: unknown[] = []
    server.use(
      http.post(address, async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({
          state: 'open',
          text: 'x',
          created_at: '2026-03-14T09:26:00Z',
          decided_at: null,
        })
      }),
    )
    await render(AppealPage, { at: '/appeal#7.12.abc_-d' })
    await userEvent.type(await field(), 'That was not me.')
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }))

    expect(await screen.findByRole('heading', { level: 1, name: 'Your appeal is on its way' })).toBeVisible()
    expect(sent).toEqual([{ token: '7.12.abc_-d', text: 'That was not me.' }])
  })

  it('keeps what was written when it is refused, and says why', async () => {
    server.use(http.post(address, () => problem(409, { detail: 'You have appealed before.' })))
    const { unmount } = await render(AppealPage, { at: '/appeal#7.12.abc' })
    await userEvent.type(await field(), 'Once more.')
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }))

    expect(await screen.findByText('You have appealed before.')).toBeVisible()
    expect(await field()).toHaveValue('Once more.')
    unmount()
    await render(AppealPage, { at: '/appeal#7.12.abc' })
    expect(await field()).toHaveValue('Once more.')
  })

  it('says that a part of the link is missing', async () => {
    await render(AppealPage, { at: '/appeal' })

    expect(await screen.findByRole('heading', { level: 1, name: 'This link is not whole' })).toBeVisible()
  })
})
