import { screen } from '@testing-library/vue'
import { tests as examples } from 'commonmark-spec'
import { nextTick, ref } from 'vue'
import { describe, expect, it, vi } from 'vitest'

import { render } from '@/test/render'

import { exactText } from './exact'
import MarkdownEditor from './MarkdownEditor.vue'
import { viewOf } from './test/support'

async function open(text: string, props: Record<string, unknown> = {}) {
  const model = ref(text)
  const told: string[] = []
  const view = await render(MarkdownEditor, {
    props: {
      label: 'Text',
      modelValue: text,
      'onUpdate:modelValue': (next: string) => {
        told.push(next)
        model.value = next
      },
      ...props,
    },
  })
  return { ...view, editor: viewOf(screen.getByRole('textbox', { name: 'Text' })), told, model }
}

type Opened = Awaited<ReturnType<typeof open>>

/** Shows a text, types a letter in the middle of it and takes it back again: what is told then. */
async function throughTheEditor(
  { editor, told, rerender }: Opened,
  text: string,
): Promise<string | undefined> {
  await rerender({ modelValue: text })
  expect(exactText(editor.state)).toBe(text)
  const at = Math.floor(editor.state.doc.length / 2)
  editor.dispatch({ changes: { from: at, insert: 'x' }, selection: { anchor: at } })
  editor.dispatch({ changes: { from: at, to: at + 1 } })
  return told.at(-1)
}

describe('MarkdownEditor', () => {
  it('is a named text field with its hint', async () => {
    await open('Hello', { lang: 'pl', placeholder: 'Begin' })
    const field = screen.getByRole('textbox', { name: 'Text' })
    expect(field).toHaveAttribute('aria-multiline', 'true')
    expect(field).toHaveAttribute('lang', 'pl')
    expect(field).toHaveAttribute('spellcheck', 'true')
    expect(field).toHaveAccessibleDescription(/Escape/)
  })

  it('tells nothing when it is only opened', async () => {
    const { told, editor } = await open('One.\r\n\r\nTwo.  \n')
    expect(exactText(editor.state)).toBe('One.\r\n\r\nTwo.  \n')
    expect(told).toEqual([])
  })

  it('tells each change, and takes one from outside without telling it again', async () => {
    const { editor, told, rerender } = await open('One.')
    editor.dispatch({ changes: { from: 4, insert: ' Two.' } })
    expect(told).toEqual(['One. Two.'])
    await rerender({ modelValue: 'Zero. One. Two.' })
    await nextTick()
    expect(editor.state.doc.toString()).toBe('Zero. One. Two.')
    expect(told).toHaveLength(1)
  })

  it('says that the text is to be saved on Ctrl-S', async () => {
    const save = vi.fn()
    const { editor } = await open('One.', { onSave: save })
    editor.contentDOM.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true }))
    expect(save).toHaveBeenCalledOnce()
  })

  it('opens HTML as its source', async () => {
    const { editor, told } = await open('<p>One</p>\r\n<!-- x -->', { format: 'html' })
    expect(screen.queryByRole('button', { name: 'Bold' })).not.toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Undo' })).toBeInTheDocument()
    editor.dispatch({ changes: { from: 0, insert: ' ' } })
    expect(told.at(-1)).toBe(' <p>One</p>\r\n<!-- x -->')
  })

  it(
    'lets every example of the CommonMark specification through unchanged',
    { timeout: 120_000 },
    async () => {
      expect(examples.length).toBeGreaterThan(640)
      const opened = await open('')
      for (const { markdown, number } of examples) {
        // In the file an arrow stands for a tab.
        for (const text of [markdown, markdown.replaceAll('→', '\t'), markdown.replaceAll('\n', '\r\n')]) {
          expect(await throughTheEditor(opened, text), `example ${number}`).toBe(text)
        }
      }
    },
  )
})
