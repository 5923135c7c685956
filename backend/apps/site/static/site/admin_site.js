/* The form of the publication: rows of the navigation that can be moved, addresses to choose from, and how well the
   accent colour can be read. Without it the form works as it stands. */
'use strict'

for (const editor of document.querySelectorAll('[data-navigation]')) {
  const rows = editor.querySelector('[data-rows]')
  const add = editor.querySelector('[data-add]')
  const all = () => [...rows.querySelectorAll('[data-row]')]

  const refresh = () => {
    const present = all()
    present.forEach((row, index) => {
      row.querySelector('[data-steps]').hidden = false
      row.querySelector('[data-move=up]').disabled = index === 0
      row.querySelector('[data-move=down]').disabled = index === present.length - 1
    })
    add.hidden = present.length >= Number(editor.dataset.most)
  }

  const clear = (row) => row.querySelectorAll('input').forEach((input) => (input.value = ''))

  rows.addEventListener('click', (event) => {
    const button = event.target.closest('[data-move]')
    if (!button) return
    const row = button.closest('[data-row]')
    if (button.dataset.move === 'up') row.previousElementSibling?.before(row)
    else if (button.dataset.move === 'down') row.nextElementSibling?.after(row)
    else if (all().length > 1) {
      const next = row.nextElementSibling ?? row.previousElementSibling
      row.remove()
      next.querySelector('[data-move=out]').focus()
    } else clear(row)
    refresh()
    if (row.isConnected && !button.disabled) button.focus()
  })

  add.addEventListener('click', () => {
    const row = all().at(-1).cloneNode(true)
    clear(row)
    rows.append(row)
    refresh()
    row.querySelector('input').focus()
  })

  const known = editor.querySelector('[data-known]')
  const offer = async (list, folder, name) => {
    const response = await fetch(`/api/v1/${list}?limit=100`, { credentials: 'omit' })
    if (!response.ok) return
    for (const entry of (await response.json()).results) {
      const option = document.createElement('option')
      option.value = `/${folder}/${entry.slug}`
      option.textContent = entry[name]
      known.append(option)
    }
  }
  void Promise.allSettled([
    offer('pages', 'pages', 'title'),
    offer('series', 'series', 'title'),
    offer('categories', 'categories', 'name'),
    offer('tags', 'tags', 'name'),
  ])
  refresh()
}

// The papers of the site's two looks, and what their text is held to.
const enough = 5.6
const papers = { light: [251, 248, 242], dark: [26, 23, 21] }

const luminance = (color) => {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const accent = document.querySelector('input[name=accent_color]')
if (accent) {
  const note = document.createElement('output')
  note.className = 'accent-note'
  accent.after(note)
  const say = () => {
    const color = [1, 3, 5].map((at) => Number.parseInt(accent.value.slice(at, at + 2), 16))
    const words = Object.entries(papers).map(([name, paper]) => {
      const ratio = contrast(color, paper)
      return `${name} paper ${ratio.toFixed(1)} : 1${ratio < enough ? ' (readers get another shade)' : ''}`
    })
    note.textContent = `Contrast: ${words.join(', ')}`
  }
  accent.addEventListener('input', say)
  say()
}
