import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, reactive, ref, shallowRef } from 'vue'

import type { Finding, Post, WorkingCopy } from '@/api'
import { problem } from '@/test/answers'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import { emptyDraft } from '../saving/draft'
import { editingKey, type Editing } from '../saving/editing'

import PublishActions from './PublishActions.vue'

const now = new Date('2026-03-27T10:00:00Z')
const user = userEvent.setup({ advanceTimers: (milliseconds) => vi.advanceTimersByTime(milliseconds) })
let save: ReturnType<typeof vi.fn<() => Promise<boolean>>>
let publishChanges: ReturnType<typeof vi.fn<() => Promise<boolean>>>

async function open(
  given: Post | null,
  { copy = null, typed = '' }: { copy?: WorkingCopy | null; typed?: string } = {},
) {
  const post = shallowRef(given)
  const workingCopy = shallowRef(copy)
  const draft = reactive({ ...emptyDraft('en'), body: typed })
  const editing: Editing = {
    ...{ post, workingCopy, draft, save, publishChanges },
    state: ref('saved' as const),
    dirty: computed(() => typed !== ''),
    live: computed(() => post.value?.status === 'published'),
    replacePost: (next) => (post.value = next),
    replaceWorkingCopy: (next) => (workingCopy.value = next),
    discardChanges: () => Promise.resolve(),
    setBody: (text) => (draft.body = text),
    insert: () => undefined,
  }
  const view = await render(PublishActions, { provide: { [editingKey]: editing } })
  return { ...view, post, draft }
}

const press = async (name: string) => user.click(await screen.findByRole('button', { name }))
const choose = async (name: string) => {
  await press('More to do with this post')
  await user.click(screen.getByRole('menuitem', { name }))
}
const dialog = () => screen.findByRole('dialog')

function answerChecks(...results: Partial<Finding>[]) {
  const asked: string[] = []
  server.use(
    http.get('*/api/v1/posts/ink/checks', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json({
        results: results.map((given) => ({
          code: '',
          severity: 'advice',
          message: '',
          line: null,
          where: '',
          ...given,
        })),
      })
    }),
  )
  return asked
}

/** Answers a step of the post, and collects what it was sent with. */
function answerStep(step: string, given: Partial<Post>) {
  const sent: { body: unknown; ifMatch: string | null }[] = []
  server.use(
    http.post(`*/api/v1/posts/ink/${step}`, async ({ request }) => {
      const text = await request.text()
      sent.push({ body: text ? JSON.parse(text) : null, ifMatch: request.headers.get('If-Match') })
      return HttpResponse.json(makePost({ slug: 'ink', version: 4, ...given }))
    }),
  )
  return sent
}

let draft: Post
beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] })
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({
    ...new Intl.DateTimeFormat('en').resolvedOptions(),
    timeZone: 'Europe/Berlin',
  })
  save = vi.fn(() => Promise.resolve(true))
  publishChanges = vi.fn(() => Promise.resolve(true))
  draft = makePost({ slug: 'ink', version: 3, status: 'draft', published_at: null })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('the look before publishing', () => {
  it('says what readers would stumble over, and leads there', async () => {
    answerChecks(
      { code: 'no_excerpt' },
      { code: 'missing_alt', severity: 'warning', line: 12, where: '/media/a.webp' },
      { code: 'something_new', message: 'Said by the server.' },
    )
    const { emitted } = await open(draft)
    await press('Publish')

    const list = await screen.findByRole('list')
    const [excerpt, picture, other] = within(list).getAllByRole('listitem')
    expect(excerpt).toHaveTextContent(/Advice.*There is no excerpt/)
    expect(picture).toHaveTextContent(/Better fix.*no description.*Line 12.*a\.webp/)
    expect(other).toHaveTextContent('Said by the server.')
    expect(screen.getByRole('button', { name: 'Publish now' })).toBeEnabled()

    await user.click(screen.getByRole('button', { name: /Show: A picture/ }))
    expect(emitted().jump).toEqual([[{ field: 'body', line: 12 }]])
    expect(screen.queryByRole('button', { name: 'Publish now' })).toBeNull()
  })

  it('says that all is well', async () => {
    answerChecks()
    await open(draft)
    await press('Publish')

    expect(await screen.findByText('Nothing that readers would stumble over.')).toBeVisible()
  })

  it('stands in nobody’s way when it fails', async () => {
    server.use(http.get('*/api/v1/posts/ink/checks', () => problem(503, {}), { once: true }))
    const sent = answerStep('publish', { status: 'published' })
    await open(draft)
    await press('Publish')
    expect(await screen.findByText(/could not be looked over/)).toBeVisible()
    answerChecks()
    await press('Look again')
    await screen.findByText(/Nothing that readers/)
    await press('Publish now')

    await vi.waitFor(() => expect(sent).toEqual([{ body: null, ifMatch: '"3"' }]))
  })

  it('is a look at what was saved, and at nothing else', async () => {
    save.mockResolvedValue(false)
    await open(draft, { typed: 'More' })
    await press('Publish')

    expect(await vi.waitFor(() => save.mock.calls.length)).toBe(1)
    expect(screen.queryByRole('button', { name: 'Publish now' })).toBeNull()
  })
})

describe('publishing', () => {
  beforeEach(() => void answerChecks())

  it('says what happens, does it, and offers what comes next', async () => {
    const sent = answerStep('publish', { status: 'published' })
    await open(draft)
    await press('Publish')
    expect(await dialog()).toHaveTextContent(/Everybody can read it at once/)
    await press('Publish now')

    expect(await screen.findByRole('button', { name: 'Update' })).toBeDisabled()
    expect(sent).toEqual([{ body: null, ifMatch: '"3"' }])
  })

  it('says under which date a post comes back', async () => {
    await open({ ...draft, published_at: '2026-01-02T12:00:00Z' })
    await press('Publish')

    expect(await dialog()).toHaveTextContent(/again at once, under the date that it had: January 2, 2026/)
  })

  it('says what the server objects to, and stays open', async () => {
    server.use(
      http.post('*/api/v1/posts/ink/publish', () =>
        problem(422, { errors: [{ pointer: '/title', detail: 'Give the post a title.', code: 'required' }] }),
      ),
    )
    await open(draft)
    await press('Publish')
    await press('Publish now')

    expect(await screen.findByText('Give the post a title.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Publish now' })).toBeVisible()
  })

  it('waits for an editor where one has to approve', async () => {
    const permissions = {
      edit: true,
      delete: true,
      publish: false,
      feature: false,
      review: false,
      co_authors: true,
      comment: false,
    }
    await open({ ...draft, permissions })
    await press('Publish')

    expect(await dialog()).toHaveTextContent(/An editor has to approve it first/)
    expect(screen.queryByRole('button', { name: 'Publish now' })).toBeNull()
  })
})

describe('scheduling', () => {
  beforeEach(() => void answerChecks())
  const field = () => screen.findByLabelText('Date and time')

  async function choosing() {
    await open(draft)
    await press('Publish')
    await user.click(await screen.findByRole('radio', { name: 'At a time' }))
  }

  it('takes a time of the author’s zone, names it and says when it will be', async () => {
    const sent = answerStep('schedule', { status: 'scheduled', published_at: '2026-03-29T06:00:00Z' })
    await choosing()
    await user.type(await field(), '2026-03-29T08:00')
    expect(screen.getByText(/Europe\/Berlin, GMT\+2\.$/)).toBeVisible()
    expect(await dialog()).toHaveTextContent(/appears by itself on Sunday, March 29, 2026 at 8:00/)
    await press('Schedule')

    expect(await screen.findByRole('button', { name: 'Scheduled' })).toBeVisible()
    expect(sent).toEqual([{ body: { published_at: '2026-03-29T06:00:00.000Z' }, ifMatch: '"3"' }])
  })

  it('refuses a time that no clock will show, at once', async () => {
    await choosing()
    await user.type(await field(), '2026-03-29T02:30')

    expect(await screen.findByText(/this time is left out\. Choose 2026-03-29 03:30/)).toBeVisible()
    await press('Schedule')
    expect(await dialog()).toBeVisible()
  })

  it('says which of two equal times is meant', async () => {
    await choosing()
    await user.type(await field(), '2026-10-25T02:30')

    expect(await screen.findByText(/GMT\+2\. .*comes twice/)).toBeVisible()
  })

  it.each([
    ['', 'Choose a date and a time.'],
    ['2026-03-27T10:00', 'Choose a time that is still to come.'],
  ])('refuses “%s” when one goes on', async (text, told) => {
    await choosing()
    if (text) await user.type(await field(), text)
    await press('Schedule')

    expect(await screen.findByText(told)).toBeVisible()
  })

  it('begins with the time that was chosen before', async () => {
    await open({ ...draft, status: 'scheduled', published_at: '2026-04-01T06:00:00Z' })
    await press('Scheduled')

    expect(await field()).toHaveValue('2026-04-01T08:00')
    expect(screen.getByRole('button', { name: 'Change the time' })).toBeVisible()
  })
})

describe('a published post', () => {
  const published = () => ({ ...draft, status: 'published' as const, published_at: '2026-01-02T12:00:00Z' })
  const copy = () => ({ version: 2, base_version: 3 }) as WorkingCopy

  it('is updated by publishing its working copy, which is what is looked over', async () => {
    const asked = answerChecks()
    await open(published(), { copy: copy() })
    await press('Update')
    expect(await dialog()).toHaveTextContent(/Readers get the changes at once/)
    await press('Update the post')

    await vi.waitFor(() => expect(publishChanges).toHaveBeenCalledOnce())
    expect(asked).toEqual(['?of=working_copy'])
  })

  it('takes its changes along when it becomes a draft again', async () => {
    const sent = answerStep('unpublish', { status: 'draft' })
    const gone: (string | null)[] = []
    server.use(
      http.delete('*/api/v1/posts/ink/working-copy', ({ request }) => {
        gone.push(request.headers.get('If-Match'))
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { draft: typed } = await open(published(), { copy: copy(), typed: 'Changed.' })
    await choose('Unpublish')
    expect(await dialog()).toHaveTextContent(/Changes that readers don’t have yet become part of it/)
    await user.click(within(await dialog()).getByRole('button', { name: 'Unpublish' }))

    await vi.waitFor(() => expect(gone).toEqual(['"2"']))
    expect(sent).toEqual([{ body: null, ifMatch: '"3"' }])
    expect(typed.body).toBe('Changed.')
    expect(await screen.findByRole('button', { name: 'Publish' })).toBeVisible()
  })

  it('is archived after a question', async () => {
    const sent = answerStep('archive', { status: 'archived' })
    await open(published())
    await choose('Archive')
    await user.click(within(await dialog()).getByRole('button', { name: 'Archive' }))

    await vi.waitFor(() => expect(sent).toHaveLength(1))
  })

  it('goes to the trash after a question', async () => {
    const { emitted } = await open(published())
    server.use(http.delete('*/api/v1/posts/ink', () => new HttpResponse(null, { status: 204 })))
    await choose('Move to the trash')
    expect(await dialog()).toHaveTextContent(/for 30 days/)
    await user.click(within(await dialog()).getByRole('button', { name: 'Move to the trash' }))

    await vi.waitFor(() => expect(emitted().deleted).toHaveLength(1))
  })
})
