import { screen } from '@testing-library/vue'
import { QueryClient } from '@tanstack/vue-query'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import JoinThread from './JoinThread.vue'

const send = vi.fn(() => Promise.resolve())
const show = (given: { open?: boolean; locked?: boolean; slowSeconds?: number } = {}) =>
  render(JoinThread, {
    at: '/posts/a?comments=newest',
    props: { slug: 'a', open: true, locked: false, slowSeconds: 0, send, ...given },
  })

describe('JoinThread, signed out', () => {
  beforeEach(() => {
    startSession(new QueryClient())
  })

  it('leads to an account, and from there back to the discussion', async () => {
    await show()
    for (const [name, place] of [
      ['sign in', 'sign-in'],
      ['sign up', 'sign-up'],
    ] as const)
      expect(screen.getByRole('link', { name })).toHaveAttribute('href', `/${place}?next=/posts/a%23comments`)
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
  })

  it('says what stands in the way instead: the moderator’s word before the author’s', async () => {
    const { rerender } = await show({ open: false })
    expect(screen.getByText(/Comments are closed/)).toBeVisible()
    await rerender({ locked: true })
    expect(screen.getByText(/moderator has locked/)).toBeVisible()
    expect(screen.queryByText(/Comments are closed/)).not.toBeInTheDocument()
    expect(screen.queryByRole('link')).not.toBeInTheDocument()
  })
})

describe('JoinThread, signed in', () => {
  beforeEach(() => {
    startSession(new QueryClient())
    beginSession({ access: 'token', expires_in: 600 })
    server.use(http.get('*/api/v1/me', () => HttpResponse.json(makeMe())))
  })

  it('sends what is typed', async () => {
    await show()
    await userEvent.type(await screen.findByRole('textbox'), 'Well said.')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(send).toHaveBeenCalledWith('Well said.', expect.any(String))
  })

  it('says how long one waits between two comments', async () => {
    const { rerender } = await show()
    await screen.findByRole('textbox')
    expect(screen.queryByText(/slow/i)).not.toBeInTheDocument()
    await rerender({ slowSeconds: 300 })
    expect(screen.getByText(/5 minutes/)).toBeVisible()
  })

  it('has no place to write where the discussion is closed or locked', async () => {
    const { rerender } = await show()
    await screen.findByRole('textbox')
    await rerender({ locked: true })
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
  })
})
