import { createSSRApp, h, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'

import { ServedHtml } from './served-html'

describe('ServedHtml', () => {
  it('leaves what the server drew as it is when it is taken over, and shows what it becomes', async () => {
    const page = document.createElement('div')
    page.innerHTML = '<div class="text" lang="de"><p>Wort</p></div>'
    const drawn = page.querySelector('p')
    const html = ref('<p>Wort</p>')

    createSSRApp({ render: () => h(ServedHtml, { html: html.value, class: 'text', lang: 'de' }) }).mount(page)
    expect(page.querySelector('p')).toBe(drawn)

    html.value = '<p>Satz</p>'
    await nextTick()
    expect(page.innerHTML).toBe('<div class="text" lang="de"><p>Satz</p></div>')
  })
})
