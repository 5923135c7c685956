import { announce } from '@/composables/useAnnouncer'

interface Words {
  readonly close: string
  readonly note: string
}

let count = 0

const noteOf = (link: HTMLElement): HTMLElement | null =>
  document.getElementById(link.getAttribute('aria-controls') ?? '')

function close(link: HTMLElement, returnFocus: boolean): void {
  noteOf(link)?.remove()
  link.removeAttribute('aria-controls')
  link.setAttribute('aria-expanded', 'false')
  if (returnFocus) link.focus({ preventScroll: true })
}

/** What the footnote says, without its own address and its ways back. */
function copyOf(footnote: HTMLElement): DocumentFragment {
  const copy = document.createDocumentFragment()
  for (const child of footnote.childNodes) copy.append(child.cloneNode(true))
  for (const back of copy.querySelectorAll('.footnote-backref')) back.remove()
  for (const named of copy.querySelectorAll('[id]')) named.removeAttribute('id')
  return copy
}

function open(link: HTMLElement, footnote: HTMLElement, words: Words): void {
  const note = document.createElement('span')
  note.id = `footnote-here-${++count}`
  note.className = 'footnote-here'
  note.setAttribute('role', 'note')
  note.setAttribute('aria-label', words.note)
  const shut = document.createElement('button')
  shut.type = 'button'
  shut.className = 'footnote-close'
  shut.textContent = '×'
  shut.setAttribute('aria-label', words.close)
  shut.addEventListener('click', () => close(link, true))
  note.append(copyOf(footnote), shut)
  link.setAttribute('aria-controls', note.id)
  link.setAttribute('aria-expanded', 'true')
  const sign = link.closest('.footnote-ref') ?? link
  sign.after(note)
  announce(footnote.textContent.replace(/↩\S*/g, '').trim())
}

/** Escape, at the sign or within the note, closes what is open there. */
function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || !(event.target instanceof Element)) return
  const id = event.target.closest('.footnote-here')?.id
  const link = id
    ? document.querySelector<HTMLElement>(`[aria-controls="${id}"]`)
    : event.target.closest<HTMLElement>('.footnote-ref a[aria-expanded="true"]')
  if (!link) return
  event.stopPropagation()
  close(link, true)
}

/** Opens the footnote that the link leads to where the link stands, or closes it again; whether there is one. */
export function toggleFootnote(root: HTMLElement, link: HTMLAnchorElement, words: Words): boolean {
  const footnote = document.getElementById(decodeURIComponent(link.hash.slice(1)))
  if (!footnote || !root.contains(footnote)) return false
  if (!root.dataset.footnotes) root.addEventListener('keydown', onKey)
  root.dataset.footnotes = ''
  if (noteOf(link)) close(link, false)
  else open(link, footnote, words)
  return true
}
