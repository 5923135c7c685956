import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { freshDevice } from '@/test/device'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { emptyDraft, toDraft } from './draft'
import { journal, reopenJournal, type Entry } from './journal'
import UnsavedTexts from './UnsavedTexts.vue'

const post = makePost({ slug: 'ink', title: 'Ink', body: 'One.' })

const begun = (title: string, given: Partial<Entry> = {}): Entry => ({
  owner: 'ada',
  tab: title,
  ground: { post: null, base: emptyDraft('en'), sent: [], creation: null, adopted: [] },
  draft: { ...emptyDraft('en'), title, body: 'Once.' },
  at: Date.now(),
  ...given,
})

const changed = (body: string, at: number): Entry => {
  const ground = {
    post: { id: post.id, slug: 'ink' },
    base: toDraft(post),
    sent: [],
    creation: null,
    adopted: [],
  }
  return begun('Ink', { ground, draft: { ...toDraft(post), body }, at })
}

const open = () => render(UnsavedTexts, { props: { owner: 'ada' } })
const titles = async () => (await journal.leftBehind('ada')).map(({ draft }) => draft.title)

beforeEach(() => {
  freshDevice()
  reopenJournal()
})

describe('UnsavedTexts', () => {
  it('shows nothing where there is nothing, or only what belongs to others', async () => {
    await journal.keep(begun('Hers', { owner: 'eve' }))
    const { container } = await open()
    await expect.poll(() => container.textContent).toBe('')
  })

  it('leads to each text: a post that was begun, and changes to another', async () => {
    await journal.keep(begun('Begun'))
    await journal.keep(changed('One. Two.', Date.now()))
    await open()
    const link = await screen.findByRole('link', { name: 'Begun' })
    expect(link).toHaveAttribute('href', '/write/new?text=Begun')
    expect(screen.getByRole('link', { name: 'Ink' })).toHaveAttribute('href', '/write/posts/ink')
  })

  it('throws a text away, which can be undone', async () => {
    await journal.keep(begun('Begun'))
    await open()
    await userEvent.click(await screen.findByRole('button', { name: 'Throw away: Begun' }))
    await screen.findByRole('button', { name: 'Undo' })
    expect(await titles()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('link', { name: 'Begun' })).toBeInTheDocument()
    expect(await titles()).toEqual(['Begun'])
  })

  it('forgets after 90 days what the server has, and nothing else', async () => {
    server.use(http.get('*/api/v1/posts/ink', () => HttpResponse.json({ ...post, body: 'One. Two.' })))
    const longAgo = Date.now() - 91 * 24 * 3_600_000
    await journal.keep({ ...changed('One. Two.', longAgo), tab: 'known' })
    await journal.keep({ ...changed('One. Three.', longAgo), tab: 'unknown' })
    await journal.keep(begun('Begun', { at: longAgo }))
    await open()
    await expect
      .poll(async () => (await journal.leftBehind('ada')).map(({ tab }) => tab).sort())
      .toEqual(['Begun', 'unknown'])
  })
})
