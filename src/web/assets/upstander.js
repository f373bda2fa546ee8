// Enhancement only: every page works without it.
import { initAll } from '/assets/govuk-frontend.min.js'

initAll()

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
