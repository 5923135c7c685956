import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'

import { render } from '@/test/render'
import { server } from '@/test/server'

import SeriesField from './SeriesField.vue'

const page = (titles: string[]) => ({
  results: titles.map((title) => ({ slug: title.toLowerCase(), title, description: '', post_count: 2 })),
  next: null,
  previous: null,
})

const Bound = defineComponent(() => {
  const title = ref('')
  return () =>
    h(SeriesField, {
      modelValue: title.value,
      'onUpdate:modelValue': (value: string) => (title.value = value),
    })
})

describe('SeriesField', () => {
  it('offers the series that there are, and says when one is new', async () => {
    server.use(http.get('*/api/v1/series', () => HttpResponse.json(page(['Walks']))))
    const { container } = await render(Bound)
    const field = screen.getByRole('combobox', { name: 'Series' })
    await expect.poll(() => container.querySelector('option')?.value).toBe('Walks')

    await userEvent.type(field, 'walks')
    expect(field).toHaveAccessibleDescription(/one after the other/)

    await userEvent.type(field, ' by night')
    expect(field).toHaveAccessibleDescription(/new/)
  })

  it('takes a title also where the list cannot be had', async () => {
    server.use(http.get('*/api/v1/series', () => HttpResponse.error()))
    await render(Bound)
    await userEvent.type(screen.getByRole('combobox', { name: 'Series' }), 'Walks')
    expect(screen.getByRole('combobox', { name: 'Series' })).toHaveValue('Walks')
  })
})
