export * from './generated'
/** "endSession" is what happens here; this ends one anywhere. */
export { endSession as endSessionById } from './generated'
export { authorized, onSecondFactorNeeded, type Transport } from './client'
export * from './headers'
export { beginSession, endSession, mayHaveSession, onSessionChange, watchOtherTabs } from './session'
