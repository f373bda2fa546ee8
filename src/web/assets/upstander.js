// Enhancement only: every page works without it.
import { initAll } from '/assets/govuk-frontend.min.js'

initAll()

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// Passkeys: the browser's answer goes into the form, which is then sent like any other.
const knowsPasskeys =
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential
for (const part of document.querySelectorAll('[data-passkeys]')) part.hidden = !knowsPasskeys
for (const part of document.querySelectorAll('[data-no-passkeys]')) part.hidden = knowsPasskeys

const askBrowser = async (kind, options) =>
  kind === 'create'
    ? await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const fault = form.querySelector('[data-passkey-fault]')
  form.addEventListener('submit', async event => {
    event.preventDefault()
    fault.hidden = true
    try {
      const answer = await askBrowser(form.dataset.passkey, JSON.parse(form.dataset.passkeyOptions))
      form.querySelector('[name=answer], [name=proof_passkey]').value = JSON.stringify(answer)
      form.submit()
    } catch {
      fault.hidden = false
    }
  })
}
