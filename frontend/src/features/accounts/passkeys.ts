import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/** What the server asks of a browser, and what the browser answers: opaque here, read on both ends. */
export type PasskeyJson = Record<string, unknown>

/** The person closed the browser's dialog, let it run out, or began another one. Nothing is wrong. */
export class PasskeyDeclined extends Error {
  override readonly name = 'PasskeyDeclined'
}

/** The browser or the device can't do what was asked, such as make a second passkey on the same key. */
export class PasskeyFailed extends Error {
  override readonly name = 'PasskeyFailed'
  constructor(
    readonly reason: 'known' | 'unfit',
    options?: ErrorOptions,
  ) {
    super(`The passkey could not be used: ${reason}`, options)
  }
}

/** Browsers know passkeys on secure pages with a real name only, never on a bare address. */
export const passkeysWork = (): boolean =>
  window.isSecureContext && 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(window.location.hostname)

/** Whether the browser offers passkeys among what it fills in. */
export async function passkeysAutofill(): Promise<boolean> {
  if (!passkeysWork()) return false
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false
}

// The browser checks the rest, and refuses what is not as it should be.
const isRequest = (given: object): given is PublicKeyCredentialRequestOptionsJSON => 'challenge' in given
const isCreation = (given: object): given is PublicKeyCredentialCreationOptionsJSON =>
  'challenge' in given && 'user' in given

const nameOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error || cause instanceof DOMException ? cause.name : ''
}

function explain(error: unknown): Error {
  const name = nameOf(error)
  if (name === 'NotAllowedError' || name === 'AbortError') return new PasskeyDeclined('', { cause: error })
  return new PasskeyFailed(name === 'InvalidStateError' ? 'known' : 'unfit', { cause: error })
}

/** Fetched when a passkey is wanted, so that nobody else downloads it. */
const library = () => import('@simplewebauthn/browser')

/** Asks for a passkey that exists. With `autofill` it waits until one is chosen from what the browser fills in. */
export async function askForPasskey(options: PasskeyJson, { autofill = false } = {}): Promise<PasskeyJson> {
  const { startAuthentication } = await library()
  if (!isRequest(options)) throw new PasskeyFailed('unfit')
  try {
    return { ...(await startAuthentication({ optionsJSON: options, useBrowserAutofill: autofill })) }
  } catch (error) {
    throw explain(error)
  }
}

/** Makes a new passkey on this device or a security key. */
export async function createPasskey(options: PasskeyJson): Promise<PasskeyJson> {
  const { startRegistration } = await library()
  if (!isCreation(options)) throw new PasskeyFailed('unfit')
  try {
    return { ...(await startRegistration({ optionsJSON: options })) }
  } catch (error) {
    throw explain(error)
  }
}

/** Takes back what `askForPasskey` waits for. */
export async function cancelPasskey(): Promise<void> {
  const { WebAuthnAbortService } = await library()
  WebAuthnAbortService.cancelCeremony()
}
