import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { signInLink } from './next'
import { useSession } from './session'

/**
 * For pages that are nothing without a session: when it ends under one's hands, they lead to the sign-in page; unless
 * something stands there that must not go.
 */
export function useRequiredSession(unless: () => boolean = () => false): void {
  const route = useRoute()
  const router = useRouter()
  const { signedIn } = useSession()
  // Also before the page stood: the guard only knew that there may be a session, and the server has refused it since.
  watch(
    signedIn,
    (now) => {
      if (!now && !unless()) void router.replace(signInLink(route))
    },
    { immediate: true },
  )
}
