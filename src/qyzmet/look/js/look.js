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

// Russian plural forms are asked of the browser, Kazakh has one: words come with the page, numbers from here
for (const element of document.querySelectorAll('[data-module="govuk-character-count"]')) {
  new CharacterCount(element)
}

// A page that prints itself when asked, since a printer needs no keyboard shortcut to be found
for (const element of document.querySelectorAll('[data-print]')) {
  element.hidden = false
  element.addEventListener('click', () => window.print())
}
