// Runs in the head of each document: fetches the program, whose files are FILES, once the page is seen, so that its
// text, its face and its first picture have the line to themselves; at once when the reader does something. Other
// pictures (styles/base.css) and what an app is installed by wait as long. Links, forms and details work by themselves
// until then, and what was done with other controls is done again once they live.
;(() => {
  const files = FILES
  const { dataset } = document.documentElement
  dataset.unseen = ''
  const acted = new Promise((resolve) => {
    for (const sign of ['scroll', 'pointermove', 'pointerdown', 'keydown', 'focusin'])
      addEventListener(sign, resolve, { capture: true, passive: true, once: true })
  })
  window.byline = { acted }

  const waiting = new Map()
  // Vue keeps what a control listens to in the control, under a symbol.
  const lives = (control) => Object.getOwnPropertySymbols(control).length
  const again = () => {
    for (const [control, value] of waiting) {
      if (!lives(control)) continue
      waiting.delete(control)
      if (control.type === 'button') control.click()
      else {
        control.value = value
        for (const sign of ['input', 'change']) control.dispatchEvent(new Event(sign, { bubbles: true }))
      }
    }
  }
  const look = () => {
    again()
    if (waiting.size) setTimeout(look, 50)
  }
  const keep = ({ type, target }) => {
    const control = type === 'input' ? target : target.closest?.('[type=button]')
    if (control?.value === undefined || lives(control)) return
    if (!waiting.size) setTimeout(look, 50)
    waiting.set(control, control.value)
    // Not everything is the program's.
    setTimeout(() => waiting.delete(control), 20000)
  }
  // What one does next may build on what one did before: a form is sent with all that was typed into it.
  for (const sign of ['click', 'beforeinput']) addEventListener(sign, again, true)
  for (const sign of ['click', 'input']) addEventListener(sign, keep, true)

  let begun
  const add = (name, attributes) =>
    document.head.append(Object.assign(document.createElement(name), { crossOrigin: '', ...attributes }))
  const begin = () => {
    if (begun) return
    begun = true
    delete dataset.unseen
    for (const href of files.slice(1)) add('link', { rel: 'modulepreload', href })
    add('script', { type: 'module', src: files[0] })
    add('link', { rel: 'manifest', href: '/manifest.webmanifest' })
  }
  // The program needs the whole document.
  document.addEventListener('DOMContentLoaded', () => {
    acted.then(begin)
    const picture = document.querySelector('img[fetchpriority=high]')
    const seen = new PerformanceObserver((list) => {
      if (!picture || list.getEntries().some(({ element }) => element === picture)) setTimeout(begin, 50)
    })
    for (const type of ['paint', 'largest-contentful-paint']) seen.observe({ type, buffered: true })
    // A picture may be smaller than the text beside it, and is no entry then.
    const arrived = () => setTimeout(begin, 400)
    if (picture?.complete) arrived()
    else for (const end of ['load', 'error']) picture?.addEventListener(end, arrived)
    // Where nobody looks nothing is painted.
    setTimeout(begin, document.hidden ? 0 : 1500)
  })
})()
