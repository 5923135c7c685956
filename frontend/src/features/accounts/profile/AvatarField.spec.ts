import { fireEvent, screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AvatarField from './AvatarField.vue'

const address = '*/api/v1/me/avatar'
const uploaded = '/media/avatars/3f0c/192.webp'
const picture = (name = 'ada.png', type = 'image/png') => new File(['bytes'], name, { type })

async function open(avatar_url = '') {
  const view = await render(AvatarField, { props: { me: makeMe({ avatar_url }) } })
  const choose = (file: File) =>
    userEvent
      .setup({ applyAccept: false })
      .upload(screen.getByLabelText('Choose a picture', { selector: 'input' }), file)
  return { ...view, choose }
}

describe('AvatarField', () => {
  it('uploads what is chosen', async () => {
    let type = ''
    server.use(
      http.put(address, ({ request }) => {
        type = request.headers.get('Content-Type') ?? ''
        return HttpResponse.json(makeMe({ avatar_url: uploaded }))
      }),
    )
    const { choose, emitted } = await open()
    await choose(picture())

    await expect.poll(() => emitted('changed')).toMatchObject([[{ avatar_url: uploaded }]])
    expect(type).toContain('multipart/form-data')
  })

  it('uploads what is dropped', async () => {
    server.use(http.put(address, () => HttpResponse.json(makeMe({ avatar_url: uploaded }))))
    const { emitted } = await open()
    await fireEvent.drop(screen.getByRole('group', { name: 'Picture' }), {
      dataTransfer: { files: [picture()] },
    })

    await expect.poll(() => emitted('changed')).toHaveLength(1)
  })

  it('sends nothing that is no picture or too large, and says why', async () => {
    const { choose } = await open()
    await choose(picture('notes.pdf', 'application/pdf'))
    expect(await screen.findByRole('alert')).toHaveTextContent('not a picture that can be used')

    const large = picture()
    Object.defineProperty(large, 'size', { value: 12 * 1024 * 1024 })
    await choose(large)
    await expect.poll(() => screen.getByRole('alert').textContent).toContain('This file has 12 MB')
  })

  it('says what the server finds wrong with it', async () => {
    const errors = [{ pointer: '/file', detail: 'The image is damaged.', code: 'damaged' }]
    server.use(http.put(address, () => problem(400, { detail: 'The image is damaged.', errors })))
    const { choose, emitted } = await open()
    await choose(picture())

    expect(await screen.findByRole('alert')).toHaveTextContent('The image is damaged.')
    expect(emitted('changed')).toBeUndefined()
  })

  it('removes it after asking', async () => {
    server.use(http.delete(address, () => HttpResponse.json(makeMe())))
    const { emitted } = await open(uploaded)
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'Remove' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }))

    await expect.poll(() => emitted('changed')).toMatchObject([[{ avatar_url: '' }]])
  })
})
