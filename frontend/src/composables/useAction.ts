import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { NetworkError, ProblemError } from '@/lib/problem'

/** What went wrong, in one sentence, where there is no form to show it at. */
export function useProblemText() {
  const { t } = useI18n()
  return (error: unknown): string => {
    if (error instanceof NetworkError) return t('error.network.detail')
    if (!(error instanceof ProblemError)) return t('error.unknown.detail')
    if (error.status === 429) return t('error.busy.detail')
    if (error.status >= 500) return t('error.server.detail')
    return error.detail || error.title
  }
}

interface ActionOptions {
  /** What went wrong without being worth a word: the person changed their mind. */
  readonly silent?: (error: unknown) => boolean
}

/** One deed at a time, begun by a button: whether it is at work, and why it failed. */
export function useAction({ silent = () => false }: ActionOptions = {}) {
  const describe = useProblemText()
  const busy = ref(false)
  const problem = ref('')
  const cause = shallowRef<unknown>()

  /** Answers whether it was done. A second call while the first is at work does nothing. */
  async function run(deed: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ''
    cause.value = undefined
    try {
      await deed()
      return true
    } catch (error) {
      cause.value = error
      problem.value = silent(error) ? '' : describe(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, cause, run }
}
