import { QueryClient } from '@tanstack/vue-query'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

import { mayHaveSession } from '@/api'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { dialogs, signInOpen } from '../dialogs'
import { startSession, useSession } from '../session'
import SignInHere from '../SignInHere.vue'

/** A page on which somebody has typed, with a link to sign in and the dialogs of the application. */
const Page = defineComponent(() => {
  const { signedIn } = useSession()
  const to = { name: 'sign-in', query: { next: '/posts/a' } } as const
  return () => [
    h('section', [
      h('textarea', { 'aria-label': 'Comment' }),
      signedIn.value ? null : h(SignInHere, { to }, () => 'Sign in to comment'),
    ]),
    ...[...dialogs.values()].map((dialog) => h(dialog)),
  ]
})

async function open() {
  const user = userEvent.setup()
  startSession(new QueryClient())
  const view = await render(Page, { at: '/posts/a' })
  await user.type(screen.getByLabelText('Comment'), 'Half a thought')
  const link = screen.getByRole('link', { name: 'Sign in to comment' })
  await user.click(link)
  await screen.findByRole('dialog', { name: 'Sign in' })
  return { ...view, user, link }
}

afterEach(() => {
  signInOpen.value = false
})

describe('SignInDialog', () => {
  it('signs in through all steps, and what was typed on the page stays', async () => {
    const step = { step: 'second_factor', challenge: 'c', methods: ['totp'] }
    server.use(
      http.post('*/api/v1/auth/token', () => HttpResponse.json(step, { status: 202 })),
      http.get('*/api/v1/me', () => HttpResponse.json(makeMe())),
      http.post('*/api/v1/auth/second-factor', () => HttpResponse.json({ access: 't', expires_in: 600 })),
    )
    const { user, router } = await open()
    expect(screen.getByLabelText('Username or e-mail')).toHaveFocus()
    await user.type(screen.getByLabelText('Username or e-mail'), 'ada')
    await user.type(screen.getByLabelText('Password'), 'engines of brass')
    await user.click(screen.getByRole('button', { name: 'Sign in' }))

    expect(await screen.findByRole('dialog', { name: 'One more step' })).toBeVisible()
    await user.type(screen.getByLabelText('Code from your app'), '123456')
    await user.click(screen.getByRole('button', { name: 'Continue' }))

    await expect.poll(() => mayHaveSession()).toBe(true)
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByLabelText('Comment')).toHaveValue('Half a thought')
    expect(router.currentRoute.value.path).toBe('/posts/a')
    // The link is gone: the focus goes on where it stood.
    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Comment'))
  })

  it('keeps what was typed in it when it is closed', async () => {
    const { user, link } = await open()
    await user.type(screen.getByLabelText('Username or e-mail'), 'ada')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    await user.click(link)

    expect(await screen.findByLabelText('Username or e-mail')).toHaveValue('ada')
    await user.clear(screen.getByLabelText('Username or e-mail'))
  })

  it('is a link to the sign-in page for whoever opens it elsewhere', async () => {
    await render(Page, { at: '/posts/a' })

    expect(screen.getByRole('link', { name: 'Sign in to comment' })).toHaveAttribute(
      'href',
      '/sign-in?next=/posts/a',
    )
  })
})
