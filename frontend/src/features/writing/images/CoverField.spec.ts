import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { defineComponent, h, reactive } from 'vue'
import { describe, expect, it } from 'vitest'

import { listOf } from '@/test/answers'
import { makeImage } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'
import { serveTus } from '@/test/tus'

import CoverField from './CoverField.vue'

const image = makeImage({ alt: 'Pans' })
const picture = (type = 'image/png') => new File(['bytes'], 'salt', { type })

async function open(url = '', alt = '') {
  const cover = reactive({ url, alt })
  server.use(http.get('*/api/v1/images', () => listOf([image])))
  const Host = defineComponent(
    () => () =>
      h(CoverField, {
        url: cover.url,
        alt: cover.alt,
        'onUpdate:url': (now: string) => (cover.url = now),
        'onUpdate:alt': (now: string) => (cover.alt = now),
      }),
  )
  await render(Host)
  return { cover, user: userEvent.setup({ applyAccept: false }) }
}

async function choose(user: ReturnType<typeof userEvent.setup>, file: File): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Choose a picture' }))
  await user.upload(await screen.findByLabelText('Choose a file', { selector: 'input' }), file)
}

describe('CoverField', () => {
  it('takes a picture that was uploaded before, with its description', async () => {
    const { cover, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Choose a picture' }))
    await user.click(await screen.findByRole('button', { name: 'Pans' }))
    await user.click(await screen.findByRole('button', { name: 'Use as cover' }))

    expect(cover).toEqual({ url: image.url, alt: 'Pans' })
  })

  it('uploads one', async () => {
    serveTus(() => ({ ...image }))
    const { cover, user } = await open()
    await choose(user, picture())

    await expect.poll(() => cover.url).toBe(image.url)
    expect(await screen.findByLabelText('Description of the cover')).toHaveValue('Pans')
  })

  it('says that it waits for the connection, and can be given up', async () => {
    const seen = serveTus(() => ({ ...image }))
    seen.fault = () => HttpResponse.error()
    const { cover, user } = await open()
    await choose(user, picture())
    expect(await screen.findByText('No connection; goes on when it is back')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))

    expect(await screen.findByRole('button', { name: 'Choose a picture' })).toBeVisible()
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(cover.url).toBe('')
  })

  it('says what is no picture', async () => {
    const { user } = await open()
    await choose(user, picture('application/pdf'))

    expect(await screen.findByRole('alert')).toHaveTextContent('not a picture that can be used')
  })

  it('takes an address on the web, and is removed with its description', async () => {
    const { cover, user } = await open()
    await user.type(screen.getByLabelText('Or its address on the web'), 'https://example.org/a.jpg')
    await user.type(screen.getByLabelText('Description of the cover'), 'Pans')
    expect(cover).toEqual({ url: 'https://example.org/a.jpg', alt: 'Pans' })
    await user.click(screen.getByRole('button', { name: 'Remove' }))

    expect(cover).toEqual({ url: '', alt: '' })
  })
})
