import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { defineComponent, h, reactive, ref } from 'vue'
import { describe, expect, it } from 'vitest'

import { useToasts } from '@/composables/useToasts'
import { listOf, problem } from '@/test/answers'
import { makeImage } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'
import { serveTus, type TusServer } from '@/test/tus'

import EditorImages from './EditorImages.vue'

const url = '/media/images/3f0c/image.jpg'
const picture = (name = 'salt.png', type = 'image/png') => new File(['bytes'], name, { type })

interface Images {
  add: (files: readonly File[], position: number) => void
  choose: (position: number) => void
}

/** An editor of a text that pictures can be put into. */
async function open(body: string) {
  const draft = reactive({ body })
  const images = ref<Images>()
  const Editor = defineComponent(() => {
    const onInsert = (text: string, at: number): void => {
      draft.body = draft.body.slice(0, at) + text + draft.body.slice(at)
    }
    return () => h(EditorImages, { ref: images, text: () => draft.body, format: 'markdown', onInsert })
  })
  const { unmount } = await render(Editor)
  if (!images.value) throw new Error('Nothing was mounted.')
  return { draft, images: images.value, user: userEvent.setup(), unmount }
}

/** A server that takes uploads, and remembers what pictures were called. */
function serve(): TusServer & { described: unknown[] } {
  const described: unknown[] = []
  server.use(
    http.patch('*/api/v1/images/:id', async ({ request }) => {
      described.push(await request.json())
      return HttpResponse.json(makeImage({ url }))
    }),
  )
  return Object.assign(
    serveTus((name) => ({ ...makeImage({ name, url }) })),
    { described },
  )
}

describe('pictures in the editor', () => {
  it('asks what is to be seen, puts the picture in and remembers its description', async () => {
    const seen = serve()
    const { draft, images, user } = await open('One.')
    images.add([picture()], 4)
    const dialog = await screen.findByRole('dialog', { name: 'Describe the picture' })
    expect(await within(dialog).findByLabelText('Description')).toHaveFocus()
    await user.type(within(dialog).getByLabelText('Description'), 'Pans at dawn')
    await user.type(within(dialog).getByLabelText('Caption'), 'The first harvest')
    await user.click(within(dialog).getByRole('button', { name: 'Put in' }))

    await expect.poll(() => draft.body).toBe(`One.\n\n![Pans at dawn](${url} "The first harvest")\n`)
    await expect.poll(() => seen.described).toEqual([{ alt: 'Pans at dawn' }])
    expect(screen.queryByRole('region', { name: 'Pictures on their way' })).toBeNull()
  })

  it('lets a picture say nothing on purpose', async () => {
    serve()
    const { draft, images, user } = await open('')
    images.add([picture()], 0)
    await user.click(await screen.findByLabelText('Only decoration: nothing to describe'))
    expect(screen.getByLabelText('Description')).toBeDisabled()
    await user.click(screen.getByRole('button', { name: 'Put in' }))

    await expect.poll(() => draft.body).toBe(`![](${url} "")\n`)
  })

  it('asks for each of several, and lets one be put off', async () => {
    const seen = serve()
    const { draft, images, user } = await open('')
    images.add([picture('a.png'), picture('b.png')], 0)
    await screen.findByRole('dialog', { name: 'Describe picture 1 of 2' })
    await user.click(screen.getByRole('button', { name: 'Later' }))
    await screen.findByRole('dialog', { name: 'Describe picture 2 of 2' })
    await user.type(screen.getByLabelText('Description'), 'Salt')
    await user.click(screen.getByRole('button', { name: 'Put in' }))

    await expect.poll(() => draft.body).toBe(`![](${url})\n\n![Salt](${url})\n`)
    expect(seen.described).toEqual([{ alt: 'Salt' }])
  })

  it('says at the place what is no picture or too large, and sends nothing of it', async () => {
    const { images, user } = await open('One.')
    const large = picture('large.png')
    Object.defineProperty(large, 'size', { value: 30 * 1024 * 1024 })
    images.add([picture('notes.pdf', 'application/pdf'), large], 4)
    const list = await screen.findByRole('region', { name: 'Pictures on their way' })
    expect(
      within(list)
        .getAllByRole('alert')
        .map((alert) => alert.textContent.trim()),
    ).toEqual([
      'notes.pdf is not a picture that can be used: JPEG, PNG, GIF, WebP or AVIF.',
      'large.png has 30 MB. A picture may have 25 MB at most.',
    ])
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Remove notes.pdf' }))
    await user.click(screen.getByRole('button', { name: 'Remove large.png' }))

    expect(screen.queryByRole('region', { name: 'Pictures on their way' })).toBeNull()
  })

  it('says what the server finds wrong with a file', async () => {
    const seen = serve()
    const errors = [{ pointer: '/file', detail: 'The image is damaged.', code: 'broken_image' }]
    seen.fault = () => problem(400, { errors })
    const { draft, images } = await open('One.')
    images.add([picture()], 4)

    expect(await screen.findByRole('alert')).toHaveTextContent('salt.png: The image is damaged.')
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    expect(draft.body).toBe('One.')
  })

  it('waits for the connection, says so, and can be given up', async () => {
    const seen = serve()
    seen.fault = () => HttpResponse.error()
    const { draft, images, user } = await open('One.')
    images.add([picture()], 4)
    await user.click(await screen.findByRole('button', { name: 'Later' }))

    expect(await screen.findByText('salt.png: no connection; goes on when it is back')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Cancel salt.png' }))
    expect(screen.queryByText(/salt.png/)).toBeNull()
    expect(draft.body).toBe('One.')
  })

  it('puts in a picture that was uploaded before', async () => {
    server.use(http.get('*/api/v1/images', () => listOf([makeImage({ url, alt: 'Pans' })])))
    const { draft, images, user } = await open('One.\n\nTwo.')
    images.choose(4)
    await user.click(await screen.findByRole('button', { name: 'Pans' }))
    expect(await screen.findByLabelText('Description')).toHaveValue('Pans')
    await user.click(screen.getByRole('button', { name: 'Put in' }))

    expect(draft.body).toBe(`One.\n\n![Pans](${url})\n\nTwo.`)
  })

  it('uploads what is chosen as a file', async () => {
    serve()
    server.use(http.get('*/api/v1/images', () => listOf([])))
    const { draft, images, user } = await open('One.')
    images.choose(4)
    await user.upload(await screen.findByLabelText('Choose files', { selector: 'input' }), picture())
    await user.click(await screen.findByRole('button', { name: 'Later' }))

    await expect.poll(() => draft.body).toBe(`One.\n\n![](${url})\n`)
  })

  it('says where a picture goes whose editor is left', async () => {
    const seen = serve()
    seen.fault = () => HttpResponse.error()
    const { images, unmount, user } = await open('One.')
    images.add([picture()], 4)
    await user.click(await screen.findByRole('button', { name: 'Later' }))
    unmount()

    expect(useToasts().toasts.value.at(-1)?.message).toBe(
      'The picture that was on its way is not in the text; it goes to your pictures.',
    )
  })
})
