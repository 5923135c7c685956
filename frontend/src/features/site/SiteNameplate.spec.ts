import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { makeSite } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import SiteNameplate from './SiteNameplate.vue'

describe('SiteNameplate', () => {
  it('sets the name, and knows it at once the next time', async () => {
    server.use(http.get('*/api/v1/site', () => HttpResponse.json(makeSite())))
    const first = await render(SiteNameplate)
    expect(await screen.findByRole('heading', { level: 1, name: 'The Quiet Hour' })).toBeVisible()
    expect(screen.getByText('Essays on slow things')).toBeVisible()
    first.unmount()

    await render(SiteNameplate)

    expect(screen.getByRole('heading', { level: 1, name: 'The Quiet Hour' })).toBeVisible()
  })

  it('shows the logo in place of the name', async () => {
    server.use(http.get('*/api/v1/site', () => HttpResponse.json(makeSite({ logo_url: '/media/logo.svg' }))))
    await render(SiteNameplate)

    expect(await screen.findByRole('img', { name: 'The Quiet Hour' })).toHaveAttribute(
      'src',
      '/media/logo.svg',
    )
  })
})
