import { openAdminSession } from '@/api'
import { ProblemError } from '@/lib/problem'

import { isConfirmationRequired, useConfirmation } from './confirmation/confirmation'

const admin = '/admin/'

/**
 * Goes to the admin with the session that one has here. `needed` is for a role that needs a second factor first;
 * wherever else that fails, the admin itself asks who one is.
 */
export async function enterAdmin(needed: () => unknown): Promise<void> {
  const { confirmed } = useConfirmation()
  try {
    await confirmed(() => openAdminSession())
  } catch (error) {
    // Whoever closes the dialog stays.
    if (isConfirmationRequired(error)) return
    if (error instanceof ProblemError && error.code === 'second_factor_needed') return void needed()
  }
  window.location.assign(admin)
}
