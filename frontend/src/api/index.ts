export * from './generated'
/** "endSession" is what happens here; this ends one anywhere. */
export { endSession as endSessionById } from './generated'
export { onSecondFactorNeeded } from './client'
export * from './headers'
export { beginSession, endSession, mayHaveSession, onSessionChange, watchOtherTabs } from './session'
