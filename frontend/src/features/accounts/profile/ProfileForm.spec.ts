import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { problem } from '@/test/answers'
import { makeMe } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import ProfileForm from './ProfileForm.vue'

const me = makeMe({ display_name: 'Ada', version: 3 })

async function change() {
  const user = userEvent.setup()
  const { emitted } = await render(ProfileForm, { props: { me } })
  await user.type(screen.getByLabelText('Name'), ' Byron')
  const save = () => user.click(screen.getByRole('button', { name: 'Save' }))
  return { emitted, save }
}

describe('ProfileForm', () => {
  it('saves what it saw, changed', async () => {
    let version: string | null = ''
    server.use(
      http.patch('*/api/v1/me', async ({ request }) => {
        version = request.headers.get('If-Match')
        return HttpResponse.json({ ...me, ...Object(await request.json()), version: 4 })
      }),
    )
    const { emitted, save } = await change()
    await save()

    await expect.poll(() => emitted('saved')).toHaveLength(1)
    expect(version).toBe('"3"')
    expect(emitted('saved')[0]).toMatchObject([{ display_name: 'Ada Byron', version: 4 }])
  })

  it('keeps the text and says so when it was changed elsewhere; saving again means it', async () => {
    const seen: (string | null)[] = []
    server.use(
      http.patch('*/api/v1/me', ({ request }) => {
        seen.push(request.headers.get('If-Match'))
        return seen.length === 1
          ? problem(412, { current_version: 9 })
          : HttpResponse.json({ ...me, version: 10 })
      }),
    )
    const { save } = await change()
    await save()

    expect(await screen.findByRole('alert')).toHaveTextContent('changed elsewhere')
    expect(screen.getByLabelText('Name')).toHaveValue('Ada Byron')
    await save()
    await expect.poll(() => seen).toEqual(['"3"', '"9"'])
  })

  it('goes on after another picture, which is no conflict', async () => {
    const seen: (string | null)[] = []
    server.use(
      http.patch('*/api/v1/me', ({ request }) => {
        seen.push(request.headers.get('If-Match'))
        return HttpResponse.json({ ...me, version: 6 })
      }),
    )
    const { rerender } = await render(ProfileForm, { props: { me } })
    await rerender({ me: { ...me, avatar_url: '/media/avatars/1/192.webp', version: 4 } })
    await rerender({ me: { ...me, bio: 'Changed elsewhere.', version: 5 } })
    await userEvent.setup().click(screen.getByRole('button', { name: 'Save' }))

    await expect.poll(() => seen).toEqual(['"4"'])
  })

  it('shows a bad address at its field', async () => {
    const errors = [{ pointer: '/website', detail: 'Enter a valid URL.', code: 'invalid' }]
    server.use(http.patch('*/api/v1/me', () => problem(400, { errors })))
    const { save } = await change()
    await save()

    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Website'))
  })

  it('adds, orders and removes links by keyboard, the focus staying with them', async () => {
    let sent: unknown
    server.use(
      http.patch('*/api/v1/me', async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json({ ...me, version: 4 })
      }),
    )
    const user = userEvent.setup()
    const links = [
      { label: 'One', url: 'https://one.example' },
      { label: 'Two', url: 'https://two.example' },
    ]
    await render(ProfileForm, { props: { me: makeMe({ links }) } })
    await user.click(screen.getByRole('button', { name: 'Move link 2 up' }))
    expect(screen.getByLabelText('Label of link 1')).toHaveValue('Two')
    expect(screen.getByRole('button', { name: 'Move link 1 down' })).toHaveFocus()

    await user.click(screen.getByRole('button', { name: 'Remove link 2' }))
    expect(screen.getByRole('button', { name: 'Remove link 1' })).toHaveFocus()

    await user.click(screen.getByRole('button', { name: 'Add a link' }))
    expect(screen.getByLabelText('Label of link 2')).toHaveFocus()
    await user.click(screen.getByRole('button', { name: 'Save' }))

    await expect.poll(() => sent).toMatchObject({ links: [{ label: 'Two', url: 'https://two.example' }] })
  })

  it('asks for the other half of a link, and shows what the server says at its row', async () => {
    const errors = [{ pointer: '/links/1/url', detail: 'Enter a valid URL.', code: 'invalid' }]
    server.use(http.patch('*/api/v1/me', () => problem(400, { errors })))
    const user = userEvent.setup()
    await render(ProfileForm, {
      props: { me: makeMe({ links: [{ label: 'One', url: 'https://one.example' }] }) },
    })
    await user.click(screen.getByRole('button', { name: 'Add a link' }))
    await user.type(screen.getByLabelText('Label of link 2'), 'Two')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(screen.getByLabelText('Address of link 2')).toHaveAccessibleDescription(
      'Give this link a label and an address.',
    )

    await user.type(screen.getByLabelText('Address of link 2'), 'nonsense')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await expect
      .poll(() => screen.getByLabelText('Address of link 2').getAttribute('aria-describedby'))
      .not.toBeNull()
    expect(screen.getByLabelText('Address of link 2')).toHaveAccessibleDescription('Enter a valid URL.')
    expect(screen.getByLabelText('Address of link 2')).toHaveValue('nonsense')
  })
})
