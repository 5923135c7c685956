// Runs in the head of each document: fetches the program, whose files are FILES, once the page is seen, so that its
// text, its face and its first picture have the line to themselves; other pictures (styles/base.css) wait as long. It
// runs when the reader does something. Who was here before may be signed in or have chosen a language: for them it runs
// as soon as it is there, for others who only read after some seconds. Links, forms and details work by themselves until
// then, and what was done with other controls is done again once they live.
;(() => {
  const files = FILES
  const { dataset } = document.documentElement
  dataset.unseen = ''
  const acted = new Promise((resolve) => {
    for (const sign of ['scroll', 'pointermove', 'pointerdown', 'keydown', 'focusin'])
      addEventListener(sign, resolve, true)
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

  const add = (name, attributes) =>
    document.head.append(Object.assign(document.createElement(name), { crossOrigin: '', ...attributes }))
  // Of those who were never here before, and have not come to a place within the page.
  let patience = 4000
  try {
    if (localStorage.length || location.hash) patience = 0
  } catch {
    // Nothing can be kept, so that nothing is.
  }
  const begin = async () => {
    delete dataset.unseen
    for (const href of files) add('link', { rel: 'modulepreload', href })
    await Promise.race([acted, new Promise((resolve) => setTimeout(resolve, patience))])
    add('script', { type: 'module', src: files[0] })
    add('link', { rel: 'manifest', href: '/manifest.webmanifest' })
  }
  new Promise((seen) => {
    // The program needs the whole document.
    addEventListener('DOMContentLoaded', () => {
      acted.then(seen)
      const picture = document.querySelector('img[fetchpriority=high]')
      const painted = new PerformanceObserver((list) => {
        if (!picture || list.getEntries().some(({ element }) => element === picture)) setTimeout(seen, 50)
      })
      for (const type of ['paint', 'largest-contentful-paint']) painted.observe({ type, buffered: true })
      // A picture may be smaller than the text beside it, and is no entry then.
      const arrived = () => setTimeout(seen, 400)
      if (picture?.complete) arrived()
      else for (const end of ['load', 'error']) picture?.addEventListener(end, arrived)
      // Where nobody looks nothing is painted.
      setTimeout(seen, document.hidden ? 0 : 1500)
    })
  }).then(begin)
})()
