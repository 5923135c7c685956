import { screen } from '@testing-library/vue'
import { tests as examples } from 'commonmark-spec'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import { exactText } from './exact'
import MarkdownEditor from './MarkdownEditor.vue'
import { viewOf } from './test/support'

/** Bodies as old blogs have them: blocks, short codes, odd line ends, what no editor of today would write. */
const imported = [
  '<!-- wp:paragraph {"align":"center"} -->\r\n<p class="has-text-align-center">One&nbsp;&hellip;</p>\r\n<!-- /wp:paragraph -->\r\n\r\n',
  '[caption id="attachment_7" align="alignleft" width="300"]<img src="/media/a.jpg" />  A caption[/caption]\n\n\n\n',
  '<pre>\tone\r\n  two  \n\tthree\r</pre>',
  "<P ALIGN=center>Unclosed <B>and <I>crossed</B></I> <br>\n<font color='red'>&amp;amp; &copy; &lt;</font>",
  '<table>\n<tbody>\n<tr><td colspan=2>a | b</td></tr>\n</tbody></table>   ',
  '\ufeff<p>Zażółć gęślą jaźń, 日本語, العربية, \u00ad\u200b</p>',
  '   \n',
  ...examples.map(({ html }) => html),
  ...examples.map(({ html }) => html.replaceAll('\n', '\r\n')),
]

describe('an imported body', () => {
  it(
    'opens as its source, is told by nobody, and is the same after an edit is taken back',
    { timeout: 120_000 },
    async () => {
      const told: string[] = []
      const { rerender } = await render(MarkdownEditor, {
        props: {
          label: 'Text',
          format: 'html',
          modelValue: '',
          'onUpdate:modelValue': (text: string) => told.push(text),
        },
      })
      const editor = viewOf(screen.getByRole('textbox', { name: 'Text' }))
      for (const body of imported) {
        const before = told.length
        await rerender({ modelValue: body })
        expect(exactText(editor.state)).toBe(body)
        expect(told).toHaveLength(before)
        editor.dispatch({ changes: { from: 0, insert: 'x' } })
        editor.dispatch({ changes: { from: 0, to: 1 } })
        expect(told.at(-1)).toBe(body)
      }
    },
  )
})
