import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

import { render } from '@/test/render'

import ChangedText from './ChangedText.vue'
import { compareTexts, type Part } from './diff'
import { useHistoryMessages } from './useHistoryMessages'

const Host = defineComponent(
  (props: { parts: Part[] }) => {
    useHistoryMessages()
    return () => h(ChangedText, props)
  },
  { props: { parts: { type: Array, required: true } } },
)

async function open(before: string, after: string) {
  await render(Host, { props: { parts: compareTexts(before, after) } })
  return userEvent.setup()
}

const long = 'It keeps what it touches. '.repeat(60)

it('folds what did not change, and unfolds it', async () => {
  const user = await open(`One.\n${long}\nTwo.`, `Uno.\n${long}\nDue.`)
  const fold = screen.getByRole('button', { name: /^Show \d+ unchanged words$/ })
  expect(fold.parentElement?.textContent.length).toBeLessThan(600)

  await user.click(fold)

  expect(screen.queryByRole('button', { name: /unchanged/ })).toBeNull()
  expect(document.querySelector('.changed')?.textContent).toContain(long)
})

it('leads from change to change by keyboard', async () => {
  const user = await open(`One.\n${long}\nTwo.`, `Uno.\n${long}\nDue.`)
  expect(screen.getByText('2 changes')).toBeVisible()

  await user.click(screen.getByRole('button', { name: 'Next change' }))
  expect(document.activeElement).toHaveTextContent('removed: One')
  await user.click(screen.getByRole('button', { name: 'Next change' }))
  expect(document.activeElement).toHaveTextContent('removed: Two')
  await user.click(screen.getByRole('button', { name: 'Next change' }))
  expect(document.activeElement).toHaveTextContent('removed: One')
})

it('shows blanks that came or went', async () => {
  await open('Ends.', 'Ends.  \n')
  expect(document.querySelector('ins')?.textContent).toBe('added: ··↵\n')
})
