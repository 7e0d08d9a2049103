// The desk works without this file. With it: keys for lists and the look-up, and names under the look-up box.
const OFF = 'qyzmet-keys-off'
const find = document.getElementById('find')
const rows = [...document.querySelectorAll('[data-row]')]

const keysOff = () => localStorage.getItem(OFF) === '1'
const writing = (target) => target.closest('input, textarea, select, [contenteditable]') !== null

function move(step) {
  const now = rows.indexOf(document.activeElement)
  const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : now + step
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus()
}

// `code` is the place of the key, so that it works on every layout
const DOES = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  Slash: (event) => (event.shiftKey ? help() : find?.focus()),
}

function help() {
  const link = document.querySelector('a[href$="/desk/help/"]')
  if (link) window.location.assign(link.href)
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || writing(event.target)) return
  const inRow = rows.includes(document.activeElement)
  if (inRow && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault()
    move(event.key === 'ArrowDown' ? 1 : -1)
    return
  }
  if (keysOff()) return
  // on a Russian layout / and ? stand elsewhere: the sign counts as well as the place
  const does = event.key === '?' ? help : event.key === '/' ? () => find?.focus() : DOES[event.code]
  if (does) {
    event.preventDefault()
    does(event)
  }
})

if (find) {
  const list = document.getElementById('found')
  let asked = 0
  find.addEventListener('input', () => {
    window.clearTimeout(asked)
    asked = window.setTimeout(suggest, 200)
  })
  async function suggest() {
    const typed = find.value.trim()
    if (typed.length < 2) return list.replaceChildren()
    const answer = await fetch(`${find.dataset.suggest}?${new URLSearchParams({ q: typed })}`).catch(() => null)
    if (!answer?.ok || typed !== find.value.trim()) return
    const { cases } = await answer.json()
    list.replaceChildren(...cases.map((one) => new Option(`${one.name} – ${one.subject}`, one.number)))
  }
}

for (const part of document.querySelectorAll('[data-keys-switch]')) {
  part.hidden = false
  const show = () => part.querySelectorAll('[data-keys]').forEach((one) => { one.hidden = (one.dataset.keys === 'off') === keysOff() })
  part.addEventListener('click', ({ target }) => {
    if (!target.dataset.keys) return
    if (target.dataset.keys === 'off') localStorage.setItem(OFF, '1')
    else localStorage.removeItem(OFF)
    show()
  })
  show()
}
