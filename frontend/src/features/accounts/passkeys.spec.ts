import { afterEach, describe, expect, it, vi } from 'vitest'

import { askForPasskey, createPasskey, passkeysAutofill, passkeysWork } from './passkeys'

const options = { challenge: 'AAAA', rpId: 'localhost', allowCredentials: [], userVerification: 'required' }
const creation = {
  challenge: 'AAAA',
  rp: { id: 'localhost', name: 'Kerf' },
  user: { id: 'AAAA', name: 'ada', displayName: 'Ada' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
}
const bytes = new Uint8Array([1, 2, 3]).buffer

/** A browser that knows passkeys; `get` and `create` are what its dialogs come to. */
function browser(given: { get?: () => unknown; create?: () => unknown; conditional?: boolean } = {}) {
  const get = vi.fn(given.get ?? (() => null))
  const create = vi.fn(given.create ?? (() => null))
  const isConditionalMediationAvailable = () => Promise.resolve(given.conditional ?? false)
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal(
    'PublicKeyCredential',
    Object.assign(() => {}, { isConditionalMediationAvailable }),
  )
  vi.stubGlobal('navigator', { credentials: { get, create } })
  return { get, create }
}
const fail = (name: string) => () => Promise.reject(new DOMException('', name))

afterEach(() => vi.unstubAllGlobals())

describe('passkeysWork', () => {
  it('needs a browser that knows them', () => {
    expect(passkeysWork()).toBeFalsy()
    browser()
    expect(passkeysWork()).toBe(true)
  })

  it('needs a name, not an address', () => {
    browser()
    vi.stubGlobal('location', { hostname: '127.0.0.1' })
    expect(passkeysWork()).toBe(false)
  })

  it('knows whether the browser fills them in', async () => {
    browser({ conditional: true })
    expect(await passkeysAutofill()).toBe(true)
  })
})

describe('askForPasskey', () => {
  it('gives what the browser signed, as the server reads it', async () => {
    const response = { authenticatorData: bytes, clientDataJSON: bytes, signature: bytes, userHandle: bytes }
    const credential = {
      id: 'AQID',
      rawId: bytes,
      type: 'public-key',
      response,
      getClientExtensionResults: () => ({}),
    }
    const { get } = browser({ get: () => Promise.resolve(credential) })

    expect(await askForPasskey(options)).toMatchObject({
      id: 'AQID',
      rawId: 'AQID',
      response: { signature: 'AQID', userHandle: 'AQID' },
    })
    expect(get).toHaveBeenCalledOnce()
  })

  it.each(['NotAllowedError', 'AbortError'])('takes %s for a change of mind', async (name) => {
    browser({ get: fail(name) })
    await expect(askForPasskey(options)).rejects.toMatchObject({ name: 'PasskeyDeclined' })
  })

  it('says that the browser could not', async () => {
    browser({ get: fail('UnknownError') })
    await expect(askForPasskey(options)).rejects.toMatchObject({ name: 'PasskeyFailed', reason: 'unfit' })
  })
})

describe('createPasskey', () => {
  it('says that the device holds one already', async () => {
    browser({ create: fail('InvalidStateError') })
    await expect(createPasskey(creation)).rejects.toMatchObject({ name: 'PasskeyFailed', reason: 'known' })
  })
})
