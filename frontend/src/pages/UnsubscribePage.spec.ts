import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { unsubscribeToken } from '@/features/notifications/unsubscribe-token'
import { problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import UnsubscribePage from './UnsubscribePage.vue'

const address = '*/api/v1/unsubscribe/:token'

beforeEach(() => {
  unsubscribeToken.value = ''
})

describe('UnsubscribePage', () => {
  it('ends the mails, says which, and offers the settings', async () => {
    const tokens: unknown[] = []
    server.use(
      http.post(address, ({ params }) => {
        tokens.push(params.token)
        return HttpResponse.json({ kind: 'reply' })
      }),
    )
    const { router } = await render(UnsubscribePage, { at: '/unsubscribe#abc:def' })

    expect(await screen.findByRole('heading', { level: 1, name: /won’t get these e-mails/ })).toBeVisible()
    expect(screen.getByText('No more e-mails about replies come to you.')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Choose what comes by e-mail' })).toHaveAttribute(
      'href',
      '/account/notifications',
    )
    expect(tokens).toEqual(['abc:def'])
    expect(router.currentRoute.value.fullPath).toBe('/unsubscribe')
  })

  it.each([
    ['all', 'No more e-mails about notifications come to you.'],
    ['daily', 'No more daily e-mails come to you; what you want to hear at once still comes.'],
  ])('says when several are ended: %s', async (kind, words) => {
    server.use(http.post(address, () => HttpResponse.json({ kind })))
    await render(UnsubscribePage, { at: '/unsubscribe#abc' })

    expect(await screen.findByText(words)).toBeVisible()
  })

  it('waits visibly', async () => {
    server.use(http.post(address, () => new Promise(() => undefined)))
    await render(UnsubscribePage, { at: '/unsubscribe#abc' })

    expect(screen.getByRole('status')).toHaveTextContent('Ending these e-mails')
  })

  it.each([404, 422])('says that a link is not good (%i)', async (status) => {
    server.use(http.post(address, () => problem(status)))
    await render(UnsubscribePage, { at: '/unsubscribe#abc' })

    expect(await screen.findByRole('heading', { name: 'This link is no longer good' })).toBeVisible()
  })

  it('says that a part of the link is missing', async () => {
    await render(UnsubscribePage, { at: '/unsubscribe' })

    expect(await screen.findByRole('heading', { name: 'This link is not whole' })).toBeVisible()
  })

  it('offers another try when the server fails', async () => {
    server.use(http.post(address, () => problem(500)))
    await render(UnsubscribePage, { at: '/unsubscribe#abc' })

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
