export { default as AccountMenu } from './AccountMenu.vue'
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
