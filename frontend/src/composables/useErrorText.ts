import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'

import { isOffline } from '@/lib/online'
import { NetworkError, ProblemError } from '@/lib/problem'

interface ErrorText {
  readonly title: string
  readonly detail: string
  readonly requestId?: string
}

/** What happened and what to do next, for whatever a query threw. */
export function useErrorText(error: MaybeRefOrGetter<unknown>) {
  const { t } = useI18n()
  return computed<ErrorText>(() => {
    const cause = toValue(error)
    if (cause instanceof NetworkError && isOffline()) {
      return { title: t('error.offline.title'), detail: t('error.offline.detail') }
    }
    if (cause instanceof NetworkError) {
      return { title: t('error.network.title'), detail: t('error.network.detail') }
    }
    if (cause instanceof ProblemError) {
      const { status, requestId } = cause
      if (status === 429) {
        return { title: t('error.busy.title'), detail: t('error.busy.detail'), requestId }
      }
      if (status === 401 || status === 403) {
        return { title: t('error.forbidden.title'), detail: t('error.forbidden.detail'), requestId }
      }
      if (status < 500) return { title: cause.title, detail: cause.detail, requestId }
      return { title: t('error.server.title'), detail: t('error.server.detail'), requestId }
    }
    return { title: t('error.unknown.title'), detail: t('error.unknown.detail') }
  })
}
