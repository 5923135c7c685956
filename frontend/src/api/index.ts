import './client'

export {
  confirmIdentity,
  confirmIdentityWithPasskey,
  confirmPasswordReset,
  confirmSignInCode,
  getConfirmationPasskeyOptions,
  getFactors,
  getPasskeySignInOptions,
  getSecondFactorPasskeyOptions,
  giveSecondFactor,
  giveSecondFactorPasskey,
  requestPasswordReset,
  requestSignInCode,
  resendCode,
  signInWithPasskey,
  startAdminSession,
  verifyEmail,
  type Challenge,
  type Factors,
  type Method,
  type NextStep,
  type PasskeyChallenge,
  type SignInAnswer,
} from './auth-steps'
export * from './generated'
export * from './draft'
export * from './headers'
export { beginSession, endSession, mayHaveSession, onSessionChange, watchOtherTabs } from './session'
