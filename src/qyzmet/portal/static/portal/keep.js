// Sends what is typed to be kept, a moment after the last key: a lost connection then costs nothing.
// Without this file the same happens whenever a page is sent.
const PAUSE = 1500
const AGAIN = 10000
const form = document.querySelector('form[data-keep]')
let timer
let running = new AbortController()

function soon(wait) {
  clearTimeout(timer)
  timer = setTimeout(keep, wait)
}

// An older text never arrives after a newer one
function stop() {
  clearTimeout(timer)
  running.abort()
}

async function keep() {
  stop()
  running = new AbortController()
  const address = new URL(window.location.href)
  address.searchParams.set('keep', '1')
  try {
    await fetch(address, { method: 'POST', body: new FormData(form), signal: running.signal })
  } catch (error) {
    if (error.name !== 'AbortError') soon(AGAIN)
  }
}

form.addEventListener('input', () => soon(PAUSE))
form.addEventListener('submit', stop)
