import { describe, expect, it } from 'vitest'

import { outline, prepareRichText } from './rich-text'

const labels = {
  copy: 'Copy',
  code: 'Code',
  table: 'Table',
  image: 'Image',
  footnotes: 'Footnotes',
  back: 'Back to the text',
  linkTo: (title: string) => `Link to ${title}`,
  footnote: (number: string) => `Footnote ${number}`,
}
const prepare = (html: string): HTMLElement => {
  const element = document.createElement('div')
  element.innerHTML = prepareRichText(html, labels)
  return element
}

describe('prepareRichText', () => {
  it('gives headings a link to themselves', () => {
    const link = prepare('<h2 id="why">Why</h2>').querySelector('h2 a')

    expect(link).toHaveAttribute('href', '#why')
    expect(link).toHaveAttribute('aria-label', 'Link to Why')
  })

  it('keeps the first level for the title of the page', () => {
    const body = prepare('<h1 id="a">A</h1><h3 id="b">B</h3><h6 id="c">C</h6><h3 id="d">D</h3>')

    expect(body.querySelector('h1')).toBeNull()
    expect([...body.querySelectorAll('[id]')].map(({ tagName }) => tagName)).toEqual(['H2', 'H3', 'H4', 'H3'])
  })

  it('lets tables and code scroll by keyboard', () => {
    const body = prepare('<table><tr><td>1</td></tr></table><pre><code>x</code></pre>')

    expect(body.querySelector('.table-scroll')).toHaveAttribute('tabindex', '0')
    expect(body.querySelector('pre')).toHaveAttribute('tabindex', '0')
    expect(body.querySelector('button')).toHaveTextContent('Copy')
  })

  it('loads images late and marks those whose size is unknown', () => {
    const [known, unknown] = prepare(
      '<img src="a" alt="A" width="2" height="1"><img src="b">',
    ).querySelectorAll('img')

    expect(known).not.toHaveClass('image-unsized')
    expect(unknown).toHaveClass('image-unsized')
    expect(unknown).toHaveAttribute('loading', 'lazy')
    expect(unknown).toHaveAttribute('alt', '')
  })

  it('names what has no words', () => {
    const body = prepare('<a href="/a.png"><img src="/b.png" alt=""></a><table><tr><th></th></tr></table>')

    expect(body.querySelector('a')).toHaveAttribute('aria-label', 'Image')
    expect(body.querySelector('th')).toBeNull()
  })

  it('says which language code is in', () => {
    const body = prepare(
      '<pre data-language="c&lt;b&gt;"><code>&lt;i&gt;</code></pre><pre><code>x</code></pre>',
    )

    expect(body.querySelectorAll('.code-language')).toHaveLength(1)
    expect(body.querySelector('.code-language')).toHaveTextContent('c<b>')
    expect(body.querySelector('pre')).toHaveAttribute('aria-label', 'Code: c<b>')
    expect(body.querySelector('code')).toHaveTextContent('<i>')
  })

  it('names footnotes and the ways back from them', () => {
    const body = prepare(
      '<p>So<sup class="footnote-ref"><a href="#u-fn1" id="u-fnref1:1" rel="noopener">[1:1]</a></sup></p>' +
        '<section class="footnotes"><a href="#u-fnref1" class="footnote-backref">↩︎</a></section>',
    )

    expect(body.querySelector('sup a')).toHaveTextContent(/^1$/)
    expect(body.querySelector('sup a')).toHaveAttribute('aria-label', 'Footnote 1')
    expect(body.querySelector('.footnote-backref')).toHaveAttribute('aria-label', 'Back to the text')
    expect(body.querySelector('section')).toHaveAttribute('role', 'doc-endnotes')
  })

  it('leaves what it has nothing to say about as it was served', () => {
    const html =
      '<p title="a &quot;b&quot; id=x">1 &lt; 2 &amp;&nbsp;3<br>“—”</p>\n<ul><li>α<wbr></li></ul><hr><input disabled="">'

    expect(prepareRichText(html, labels)).toBe(html)
  })

  it('gives an initial to a long Latin opening only', () => {
    expect(prepare(`<p>${'Long '.repeat(60)}</p>`).querySelector('.opening')).not.toBeNull()
    expect(prepare(`<p>${'שלום '.repeat(60)}</p>`).querySelector('.opening')).toBeNull()
    expect(prepare('<p>Short.</p>').querySelector('.opening')).toBeNull()
  })
})

describe('outline', () => {
  it('lists the upper headings in order', () => {
    const html = '<h2 id="a">A</h2><h3 id="b">B</h3><h4 id="c">C</h4><h2>no id</h2>'

    expect(outline(html)).toEqual([
      { id: 'a', text: 'A', level: 2 },
      { id: 'b', text: 'B', level: 3 },
    ])
  })

  it('reads words as they are meant and knows the footnotes', () => {
    const html =
      '<h2 id="a">A &amp; <em>B</em></h2><section class="footnotes"><h2 id="fn">Notes</h2></section>'

    expect(outline(html)).toEqual([{ id: 'a', text: 'A & B', level: 2 }])
  })
})
