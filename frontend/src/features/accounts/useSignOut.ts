import { useQueryClient } from '@tanstack/vue-query'

import { leaveSession, signOut } from '@/api'

/** Signs out. What is on its way in one's name is taken back, so that nothing of it comes to be refused. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await client.cancelQueries()
    try {
      await leaveSession(() => signOut())
    } catch (error) {
      void client.invalidateQueries()
      throw error
    }
  }
}
