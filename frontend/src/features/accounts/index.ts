export { default as AccountMenu } from './AccountMenu.vue'
export { isConfirmationRequired, useConfirmation } from './confirmation/confirmation'
export { dialogs } from './dialogs'
export { factorsQuery } from './factors'
export { safeNext, signInLink } from './next'
export { useRequiredSession } from './useRequiredSession'
export {
  isSignedIn,
  meQuery,
  register,
  signIn,
  signOut,
  startSession,
  useSession,
  type Permission,
} from './session'
