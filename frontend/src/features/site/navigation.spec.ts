import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { makeSite } from '@/test/factories'
import { render } from '@/test/render'

import { allEntries, mainEntries } from './navigation'
import SiteLink from './SiteLink.vue'

const pages = [
  { slug: 'about', title: 'About', in_navigation: true },
  { slug: 'über-uns', title: 'Über uns', in_navigation: false },
]
const navigation = [
  { label: 'Who we are', url: 'http://localhost:3000/pages/about' },
  { label: 'Shop', url: 'https://shop.example' },
]

describe('the navigation', () => {
  it('is what the publication chose, with its own addresses as paths', () => {
    expect(mainEntries(makeSite({ navigation }), pages, 'Archive')).toEqual([
      { label: 'Who we are', url: '/pages/about' },
      { label: 'Shop', url: 'https://shop.example' },
    ])
  })

  it('is the pages and the archive where nothing was chosen, or nothing is known yet', () => {
    const expected = [
      { label: 'About', url: '/pages/about' },
      { label: 'Archive', url: '/archive' },
    ]
    expect(mainEntries(makeSite(), pages, 'Archive')).toEqual(expected)
    expect(mainEntries(undefined, pages, 'Archive')).toEqual(expected)
  })

  it('names each place once where everything stands', () => {
    const shown = allEntries(
      makeSite({ navigation: [...navigation, { label: 'Wir', url: '/pages/über-uns' }] }),
      pages,
      'Archive',
    )
    expect(shown.map(({ label }) => label)).toEqual(['Who we are', 'Shop', 'Wir', 'Archive'])
  })

  it('leaves to the browser what is no page of the program', async () => {
    await render(SiteLink, { props: { url: 'https://shop.example' }, slots: { default: 'Shop' } })
    expect(screen.getByRole('link', { name: 'Shop' })).toHaveAttribute('rel', 'noopener')
  })
})
