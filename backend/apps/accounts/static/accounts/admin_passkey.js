// Gives a passkey as the second factor: the button asks the browser, the form sends what it signed.
'use strict'
{
  const button = document.getElementById('use-passkey')
  const failed = document.getElementById('passkey-failed')
  const form = document.getElementById('login-form')
  const options = JSON.parse(document.getElementById('passkey-options').textContent)

  const use = async () => {
    failed.hidden = true
    try {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
      const credential = await navigator.credentials.get({ publicKey })
      form.elements.credential.value = JSON.stringify(credential.toJSON())
      form.submit()
    } catch {
      failed.hidden = false
    }
  }

  if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    document.getElementById('passkey').hidden = false
    button.addEventListener('click', use)
  }
}
