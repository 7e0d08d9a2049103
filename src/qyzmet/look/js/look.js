// Pages work without this file; with it some parts are easier to use.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
} from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

const PARTS = { Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink }

for (const Part of Object.values(PARTS)) {
  for (const element of document.querySelectorAll(`[data-module="${Part.moduleName}"]`)) {
    new Part(element)
  }
}

// Words come with the page, numbers from the browser. Some browsers say they know Kazakh and write its numbers as in
// English: while the part reads its language, it is told the one that groups digits as Kazakh does
const kazakh = document.documentElement.lang === 'kk'
for (const element of document.querySelectorAll('[data-module="govuk-character-count"]')) {
  if (kazakh) element.lang = 'ru'
  new CharacterCount(element)
  if (kazakh) element.removeAttribute('lang')
}

// A page that prints itself when asked, since a printer needs no keyboard shortcut to be found
for (const element of document.querySelectorAll('[data-print]')) {
  element.hidden = false
  element.addEventListener('click', () => window.print())
}
