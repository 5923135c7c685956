import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { defineComponent, h, type Component } from 'vue'

import SignInSteps from '@/features/accounts/sign-in/SignInSteps.vue'
import { useSignIn, type SignIn } from '@/features/accounts/sign-in/useSignIn'
import { useStepText } from '@/features/accounts/sign-in/useStepText'

import { render } from './render'
import { server } from './server'

type Options = Parameters<typeof useSignIn>[0]

/** Renders a way in as a page does, with what the step says above it; `done` collects how it ended. */
export async function renderWayIn(options: Omit<Options, 'done'> & { form?: Component } = {}) {
  const done: boolean[] = []
  let flow: SignIn | undefined
  const Host = defineComponent(() => {
    const own = useSignIn({ ...options, done: (reset) => done.push(reset) })
    flow = own
    const text = useStepText(own)
    const { form } = options
    const slots = form ? { default: () => h(form, { flow: own }) } : undefined
    return () => [
      h('h1', text.value?.title),
      h('p', { 'data-testid': 'lead' }, text.value?.lead),
      h(SignInSteps, { flow: own }, slots),
    ]
  })
  const view = await render(Host)
  if (!flow) throw new Error('The way in did not begin.')
  flow.name.value = ''
  return { ...view, done, flow }
}

/** What a step that waits for a proof is known by. */
export const challenge = 'c0ffee.very-secret'

/** Lets a way in succeed, and keeps what was sent to it. */
export function lettingIn(path: string): unknown[] {
  const sent: unknown[] = []
  server.use(
    http.post(`*/api/v1/auth/${path}`, async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ access: 'token', expires_in: 600 })
    }),
  )
  return sent
}

/** Answers with one more step. */
export const leadingOn = (path: string, step: 'second_factor' | 'verify_email', ...methods: string[]) =>
  server.use(
    http.post(`*/api/v1/auth/${path}`, () =>
      HttpResponse.json({ step, challenge, methods }, { status: 202 }),
    ),
  )

/** Too many tries; four minutes and a bit to wait. */
export const limited = () =>
  HttpResponse.json(
    { title: 'Too many attempts', status: 429 },
    { status: 429, headers: { 'Retry-After': '250', 'Content-Type': 'application/problem+json' } },
  )

/** Types name and password and sends them. */
export async function signIn(username = 'ada', password = 'engines of brass') {
  const user = userEvent.setup()
  const view = await renderWayIn()
  if (username) await user.type(screen.getByLabelText('Username or e-mail'), username)
  if (password) await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  return { ...view, user }
}
