// Enhancement only: every page works without it.
import { initAll } from '/assets/govuk-frontend.min.js'

initAll()

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// A picture wider than its box starts with the newest days: they are what is read first.
for (const box of document.querySelectorAll('[data-newest-last]')) box.scrollLeft = box.scrollWidth

// Rows by keyboard, only while one of them has the focus: a key that works everywhere would fire under dictation.
const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }
for (const box of document.querySelectorAll('[data-row-keys]')) {
  const links = [...box.querySelectorAll('[data-row-link]')]
  box.addEventListener('keydown', event => {
    const at = links.indexOf(document.activeElement)
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? links.length - 1 : at + (steps[event.key] ?? NaN)
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey || links[to] === undefined) return
    event.preventDefault()
    links[to].focus()
    links[to].closest('tr').scrollIntoView({ block: 'nearest' })
  })
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
