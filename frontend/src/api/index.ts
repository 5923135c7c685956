export * from './generated'
/** "endSession" is what happens here; this ends one anywhere. */
export { endSession as endSessionById } from './generated'
export { authorized, onSecondFactorNeeded } from './client'
export { sendBy, type Answer, type Transport } from './http'
export * from './headers'
export {
  beginSession,
  endSession,
  leaveSession,
  mayHaveSession,
  onSessionChange,
  watchOtherTabs,
} from './session'
