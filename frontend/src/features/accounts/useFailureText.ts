import { computed, toValue, type MaybeRefOrGetter } from 'vue'

import { useProblemText } from '@/composables/useAction'

import { useLimitText } from './useLimitText'

/** What came of a step that is no form, in a sentence or two; empty while nothing went wrong. */
export function useFailureText(error: MaybeRefOrGetter<unknown>) {
  const limit = useLimitText(error)
  const describe = useProblemText()
  return computed(() => {
    const cause = toValue(error)
    return cause ? (limit.value ?? describe(cause)) : ''
  })
}
