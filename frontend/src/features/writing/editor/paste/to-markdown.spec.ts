import { describe, expect, it } from 'vitest'

import { toMarkdown } from './to-markdown'

describe('pasted HTML', () => {
  it('of a web page becomes Markdown', () => {
    const html = `<article><h1>Salt</h1><p>Salt <strong>keeps</strong>, <em>mostly</em>: <a href="https://example.org/salt">read on</a>.</p>
      <ul><li>one</li><li>two<ol><li>first</li><li>second</li></ol></li></ul>
      <blockquote><p>Quoted.</p></blockquote><hr><pre><code class="language-js">let a = 1\n\nlet b</code></pre></article>`
    expect(toMarkdown(html)).toBe(
      [
        '## Salt',
        'Salt **keeps**, *mostly*: [read on](https://example.org/salt).',
        '- one\n- two\n  1. first\n  2. second',
        '> Quoted.',
        '---',
        '```js\nlet a = 1\n\nlet b\n```',
      ].join('\n\n'),
    )
  })

  it('of Google Docs is bold only where it is bold', () => {
    const html = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">Plain, </span><span style="font-weight:700;font-style:normal">bold</span><span style="font-style:italic">, leaning</span> <a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D"><span style="text-decoration:underline">link</span></a></p><ul><li dir="ltr" aria-level="1"><p dir="ltr"><span>one</span></p></li><ul><li aria-level="2"><p><span>inner</span></p></li></ul><li><p>two</p></li></ul></b><br class="Apple-interchange-newline">`
    expect(toMarkdown(html)).toBe(
      'Plain, **bold***, leaning* [link](https://example.org/a)\n\n- one\n  - inner\n- two',
    )
  })

  it("of Word gets its lists back, without the processor's own marks", () => {
    const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->
      <p class="MsoNormal">Before<o:p></o:p></p>
      <p class="MsoListParagraphCxSpFirst" style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]>one<o:p></o:p></p>
      <p class="MsoListParagraphCxSpMiddle" style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>inner</p>
      <p class="MsoListParagraphCxSpLast" style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>two</p>
      <p class="MsoNormal">Between</p>
      <p class="MsoListParagraph" style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>first</p>
      <p class="MsoListParagraph" style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>second</p><!--EndFragment--></body></html>`
    expect(toMarkdown(html)).toBe('Before\n\n- one\n  - inner\n- two\n\nBetween\n\n1. first\n2. second')
  })

  it('makes tables of tables, with a head where they have none', () => {
    const html = `<table><tbody><tr><td><p>Town</p></td><td>People</td></tr><tr><td>Arles</td><td>50,415</td></tr></tbody></table>`
    expect(toMarkdown(html)).toBe('| Town | People |\n| --- | --- |\n| Arles | 50,415 |')
  })

  it('runs nothing, follows no reader, and keeps pictures from the web alone', () => {
    const html = `<p onclick="x()">Text<script>alert(1)</script><style>p{}</style>
      <img src="https://example.org/p.gif" width="1" height="1"><img src="data:image/png;base64,AAAA" alt="no"><img src="file:///c:/a.png">
      <img src="https://example.org/a.jpg" alt="A coast"> <a href="javascript:alert(1)">here</a></p>`
    expect(toMarkdown(html)).toBe('Text ![A coast](https://example.org/a.jpg) here')
  })

  it('keeps what would be a mark from becoming one', () => {
    expect(toMarkdown('<p>2 * 3 * 4 and # no heading and [brackets]</p>')).toBe(
      '2 \\* 3 \\* 4 and # no heading and \\[brackets\\]',
    )
  })

  it('makes ticked boxes tasks', () => {
    expect(
      toMarkdown(
        '<ul><li><input type="checkbox" checked> done</li><li><input type="checkbox"> open</li></ul>',
      ),
    ).toBe('- [x] done\n- [ ] open')
  })
})
