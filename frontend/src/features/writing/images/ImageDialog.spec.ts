import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { listOf, problem } from '@/test/answers'
import { makeImage } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import ImageDialog from './ImageDialog.vue'

async function open() {
  const view = await render(ImageDialog, {
    props: { open: true, title: 'Choose', action: 'Take it' },
  })
  return { ...view, user: userEvent.setup() }
}

describe('ImageDialog', () => {
  it('says that it is loading', async () => {
    server.use(http.get('*/api/v1/images', () => new Promise<never>(() => undefined)))
    await open()
    expect(await screen.findByText('Loading…')).toBeInTheDocument()
  })

  it('says when there are none', async () => {
    server.use(http.get('*/api/v1/images', () => listOf([])))
    await open()
    expect(await screen.findByText('You have no pictures yet')).toBeVisible()
  })

  it('says when they can’t be had, and tries again', async () => {
    server.use(http.get('*/api/v1/images', () => problem(503), { once: true }))
    const { user } = await open()
    const again = await screen.findByRole('button', { name: 'Try again' })
    server.use(http.get('*/api/v1/images', () => listOf([makeImage({ alt: 'Pans' })])))
    await user.click(again)

    expect(await screen.findByRole('button', { name: 'Pans' })).toBeVisible()
  })

  it('loads more, and searches', async () => {
    const asked: string[] = []
    server.use(
      http.get('*/api/v1/images', ({ request }) => {
        const { searchParams } = new URL(request.url)
        asked.push(searchParams.toString())
        if (searchParams.get('q')) return listOf([makeImage({ alt: 'Salt pans' })])
        if (searchParams.get('cursor')) return listOf([makeImage({ alt: 'Second' })])
        return listOf([makeImage({ alt: 'First' })], 'http://localhost:3000/api/v1/images?cursor=abc')
      }),
    )
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Show more' }))
    expect(await screen.findByRole('button', { name: 'Second' })).toBeVisible()
    await user.type(screen.getByLabelText('Search your pictures'), 'pans')

    expect(await screen.findByRole('button', { name: 'Salt pans' })).toBeVisible()
    expect(asked).toEqual(['limit=24', 'limit=24&cursor=abc', 'limit=24&q=pans'])
  })

  it('gives what was chosen, with what was said of it', async () => {
    const image = makeImage({ name: 'pans.jpg' })
    server.use(http.get('*/api/v1/images', () => listOf([image])))
    const { user, emitted } = await open()
    await user.click(await screen.findByRole('button', { name: 'pans.jpg, without a description' }))
    await user.type(await screen.findByLabelText('Description'), 'Pans')
    expect(screen.queryByLabelText('Caption')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Take it' }))

    expect(emitted('use')).toEqual([[image, { alt: 'Pans', caption: '', decorative: false }]])
    expect(emitted('update:open')).toEqual([[false]])
  })

  it('changes a description', async () => {
    const image = makeImage({ alt: 'Pans' })
    const sent: unknown[] = []
    server.use(
      http.get('*/api/v1/images', () => listOf([image])),
      http.patch(`*/api/v1/images/${image.id}`, async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({ ...image, alt: 'Salt pans' })
      }),
    )
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Pans' }))
    const field = await screen.findByLabelText('Description')
    expect(screen.queryByRole('button', { name: 'Save description' })).toBeNull()
    await user.clear(field)
    await user.type(field, 'Salt pans')
    await user.click(screen.getByRole('button', { name: 'Save description' }))

    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save description' })).toBeNull())
    expect(sent).toEqual([{ alt: 'Salt pans' }])
  })

  it('deletes one after asking, but none that is shown somewhere', async () => {
    const image = makeImage({ alt: 'Pans' })
    let inUse = true
    server.use(
      http.get('*/api/v1/images', () => listOf(inUse ? [image] : [])),
      http.delete(`*/api/v1/images/${image.id}`, () =>
        inUse ? problem(422, { code: 'image_in_use' }) : new HttpResponse(null, { status: 204 }),
      ),
    )
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Pans' }))
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
    const asking = screen.getByRole('dialog', { name: 'Delete this picture?' })
    await user.click(within(asking).getByRole('button', { name: 'Delete' }))
    expect(await within(asking).findByRole('alert')).toHaveTextContent('still shows this picture')
    inUse = false
    await user.click(within(asking).getByRole('button', { name: 'Delete' }))

    expect(await screen.findByText('You have no pictures yet')).toBeVisible()
  })
})
