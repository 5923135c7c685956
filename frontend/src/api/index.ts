import './client'

export * from './generated'
export * from './headers'
export { beginSession, endSession, mayHaveSession, onSessionChange, watchOtherTabs } from './session'
