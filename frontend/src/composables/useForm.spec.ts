import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import { NetworkError, ProblemError } from '@/lib/problem'
import { render } from '@/test/render'
import BaseField from '@/ui/BaseField.vue'
import FormProblem from '@/ui/FormProblem.vue'

import { useForm } from './useForm'

const makeForm = (submit: () => Promise<unknown>) =>
  defineComponent({
    setup() {
      const form = useForm({
        initial: { title: '', link: '' },
        validate: ({ title }) => (title ? {} : { title: 'Say what it is about.' }),
        submit,
      })
      const field = (name: 'title' | 'link', label: string) =>
        h(BaseField, {
          label,
          error: form.errorOf(name),
          modelValue: form.values[name],
          'onUpdate:modelValue': (text: string) => (form.values[name] = text),
        })
      return () =>
        h(
          'form',
          {
            ref: form.element,
            onSubmit: (event: Event) => {
              event.preventDefault()
              void form.submit()
            },
          },
          [
            h(FormProblem, { message: form.problem.value }),
            field('title', 'Title'),
            field('link', 'Link'),
            h('button', { type: 'submit' }, 'Send'),
          ],
        )
    },
  })

async function fillIn(submit: () => Promise<unknown>, title: string) {
  const user = userEvent.setup()
  await render(makeForm(submit))
  if (title) await user.type(screen.getByLabelText('Title'), title)
  await user.click(screen.getByRole('button', { name: 'Send' }))
}

describe('useForm', () => {
  it('says what is missing before anything is sent', async () => {
    const submit = vi.fn()
    await fillIn(submit, '')

    expect(screen.getByLabelText('Title')).toHaveAccessibleDescription('Say what it is about.')
    expect(screen.getByLabelText('Title')).toHaveFocus()
    expect(submit).not.toHaveBeenCalled()
  })

  it('puts what the server found wrong at its field and keeps the text', async () => {
    const errors = [{ pointer: '/link', detail: 'No address.', code: 'invalid' }]
    await fillIn(() => Promise.reject(new ProblemError(400, { errors })), 'Hello')

    expect(screen.getByLabelText('Link')).toHaveAccessibleDescription('No address.')
    expect(screen.getByLabelText('Link')).toHaveFocus()
    expect(screen.getByLabelText('Title')).toHaveValue('Hello')
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  it('shows what belongs to no field above the form', async () => {
    await fillIn(() => Promise.reject(new ProblemError(409, { detail: 'Already there.' })), 'Hello')

    expect(screen.getByRole('alert')).toHaveTextContent('Already there.')
    expect(screen.getByRole('alert')).toHaveFocus()
  })

  it('says that the server can’t be reached', async () => {
    await fillIn(() => Promise.reject(new NetworkError('gone')), 'Hello')

    expect(screen.getByRole('alert')).toHaveTextContent('Check your connection')
    expect(screen.getByLabelText('Title')).toHaveValue('Hello')
  })
})
