import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

import { useSiteLanguage } from '@/composables/useLanguage'
import { render } from '@/test/render'

import LanguageSwitch from './LanguageSwitch.vue'

const page = (site: string | undefined) =>
  defineComponent(() => {
    useSiteLanguage(() => site)
    return () => h(LanguageSwitch)
  })

const root = document.documentElement

describe('LanguageSwitch', () => {
  afterEach(() => {
    root.removeAttribute('dir')
    root.lang = ''
  })

  it('changes the language at once, marks the document, and keeps the choice on the device', async () => {
    await render(page('en'))
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Language' }), 'Deutsch')

    expect(await screen.findByRole('combobox', { name: 'Sprache' })).toHaveValue('de')
    await waitFor(() => expect(root).toHaveAttribute('lang', 'de'))
    expect(root).toHaveAttribute('dir', 'ltr')
    expect(localStorage.getItem('byline.language')).toBe('de')
  })

  it('follows the publication where nobody chose', async () => {
    await render(page('de-AT'))

    expect(await screen.findByRole('combobox', { name: 'Sprache' })).toHaveValue('de')
  })

  it('takes up the choice of an earlier visit', async () => {
    localStorage.setItem('byline.language', 'de')
    await render(page('en'))

    expect(await screen.findByRole('combobox', { name: 'Sprache' })).toHaveValue('de')
  })
})
