export { default as AccountMenu } from './AccountMenu.vue'
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
