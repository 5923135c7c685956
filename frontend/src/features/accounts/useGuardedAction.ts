import { useAction } from '@/composables/useAction'

import { isConfirmationRequired, useConfirmation } from './confirmation/confirmation'
import { PasskeyDeclined } from './passkeys'

/** Whoever closes the dialog has changed their mind; that is no failure. */
const declined = (error: unknown): boolean =>
  isConfirmationRequired(error) || error instanceof PasskeyDeclined

/** An action that guards the account: where the server wants a recent proof of who one is, a dialog asks for it. */
export function useGuardedAction() {
  const { confirmed } = useConfirmation()
  const action = useAction({ silent: declined })
  return { ...action, run: (deed: () => Promise<unknown>) => action.run(() => confirmed(deed)) }
}
