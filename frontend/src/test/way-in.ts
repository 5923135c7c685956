import { defineComponent, h, type Component } from 'vue'

import SignInSteps from '@/features/accounts/sign-in/SignInSteps.vue'
import { useSignIn, type SignIn } from '@/features/accounts/sign-in/useSignIn'
import { useStepText } from '@/features/accounts/sign-in/useStepText'

import { render } from './render'

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
