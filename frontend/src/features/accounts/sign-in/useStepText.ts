import { computed } from 'vue'

import { useAuthMessages } from '../useAuthMessages'
import type { SignIn } from './useSignIn'

/** What a step is called, and what it wants; undefined for the first form, which each place introduces itself. */
export function useStepText(flow: SignIn) {
  const { t } = useAuthMessages()
  return computed(() => {
    const state = flow.state.value
    if (state.step === 'form' || state.step === 'done') return undefined
    if (state.step === 'second_factor') {
      return { title: t('auth.secondFactor.title'), lead: t('auth.secondFactor.lead') }
    }
    if (state.step === 'ask') {
      return { title: t(`auth.ask.${state.purpose}.title`), lead: t(`auth.ask.${state.purpose}.lead`) }
    }
    const to = state.to
    if (state.step === 'reset') {
      return { title: t('auth.reset.title'), lead: t('auth.code.ifKnown', { to }) }
    }
    const sent = to ? t('auth.code.sentTo', { to }) : t('auth.code.sent')
    const lead = state.purpose === 'sign_in' ? t('auth.code.ifKnown', { to }) : sent
    return { title: t('auth.code.title'), lead }
  })
}
