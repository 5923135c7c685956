import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { defineComponent, h } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'

import type { Case } from '@/api'
import { problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'
import ToastRegion from '@/ui/ToastRegion.vue'

import { deciding, grace, makeCase, waiting } from '../test/support'

import CaseQueue from './CaseQueue.vue'
import { useKeysEnabled } from './useKeys'

const rude = makeCase()
const pills = makeCase(
  { id: 2, rule: 'Pills', reports: [], report_count: 0, thread: [] },
  { id: 8, status: 'pending', title: 'Salt', body_html: '<p>Buy pills.</p>' },
)
const person = makeCase(
  { id: 3, thread: [] },
  { type: 'person', author: null, title: 'Grace', body_html: '' },
)

async function open(show: 'open' | 'closed' = 'open') {
  const Host = defineComponent(() => () => [h(CaseQueue, { show }), h(ToastRegion)])
  return render(Host)
}
const card = (name: string) => screen.findByRole('article', { name })
const rudeName = 'Grace Hopper under “Ink”'
const pillsName = 'Grace Hopper under “Salt”'

/** A queue from which what is decided goes, and into which what is taken back returns. */
function working(all: readonly Case[]) {
  let gone: readonly number[] = []
  waiting(() => all.filter(({ id }) => !gone.includes(id)))
  return deciding((sent) => {
    gone = sent.action === 'undo' ? [] : [...gone, ...(sent.cases ?? [])]
    return undefined
  })
}

afterEach(() => {
  useKeysEnabled().value = true
})

describe('the queue', () => {
  it('shows each case with what it answers, who complains, and who wrote it', async () => {
    waiting(() => [rude, pills])
    await open()
    const first = within(await card(rudeName))
    expect(first.getByText('Something rude.')).toBeInTheDocument()
    expect(first.getByText('What do you think?')).toBeInTheDocument()
    expect(first.getByText('A threat.')).toBeInTheDocument()
    expect(first.getByText('12 comments')).toBeInTheDocument()
    expect(first.getByText('1 warning')).toBeInTheDocument()
    expect(first.getByRole('link', { name: 'See it in its place' })).toHaveAttribute(
      'href',
      '/posts/ink#comment-7',
    )
    expect(within(await card(pillsName)).getByText('Held by the rule “Pills”')).toBeInTheDocument()
  })

  it('says that nothing waits', async () => {
    waiting(() => [])
    await open()
    expect(await screen.findByRole('heading', { name: 'Nothing waits' })).toBeInTheDocument()
  })

  it('says what went wrong, and asks again', async () => {
    server.use(http.get('*/api/v1/moderation/queue', () => problem(500), { once: true }))
    await open()
    waiting(() => [rude])
    await userEvent.click(await screen.findByRole('button', { name: /again/i }))
    expect(await card(rudeName)).toBeInTheDocument()
  })

  it('decides by button, for the reason that was reported, and takes it back', async () => {
    const sent = working([rude, pills])
    await open()
    await userEvent.click(within(await card(rudeName)).getByRole('button', { name: 'Remove' }))
    expect(await screen.findByText('Removed.')).toBeInTheDocument()
    await waitFor(() => expect(screen.queryByRole('article', { name: rudeName })).toBeNull())
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await card(rudeName)).toBeInTheDocument()
    expect(sent).toEqual([
      { cases: [1], versions: [1], action: 'remove', reason: 'abuse' },
      { action: 'undo', answers: [41] },
    ])
  })

  it('offers only what makes sense', async () => {
    waiting(() => [pills, person])
    await open()
    const names = (of: HTMLElement) =>
      within(of)
        .getAllByRole('button')
        .map((one) => one.textContent?.trim())
    expect(names(await card(pillsName))).toEqual(['Approve', 'Remove', 'Spam', 'Otherwise …'])
    expect(names(await card('Grace Hopper'))).toEqual(['Dismiss', 'Otherwise …'])
  })

  it('says why something was not decided', async () => {
    waiting(() => [rude])
    const own = {
      type: 'about:blank',
      title: 'Refused',
      status: 403,
      code: 'own',
      detail: 'It is yours.',
      request_id: '1',
    }
    deciding(() => [{ case: 1, done: false, number: null, problem: own }])
    await open()
    await userEvent.click(within(await card(rudeName)).getByRole('button', { name: 'Dismiss' }))
    expect(await screen.findByText('Not decided: It is yours.')).toBeInTheDocument()
    expect(screen.queryByText('Dismissed.')).toBeNull()
  })

  it('says so when the server cannot be reached', async () => {
    waiting(() => [rude])
    server.use(http.post('*/api/v1/moderation/decisions', () => HttpResponse.error()))
    await open()
    await userEvent.click(within(await card(rudeName)).getByRole('button', { name: 'Dismiss' }))
    expect(await screen.findByText(/connection/i)).toBeInTheDocument()
  })
})

describe('keys', () => {
  it('move, decide, and take back', async () => {
    const sent = working([rude, pills])
    await open()
    await card(rudeName)
    await userEvent.keyboard('j')
    expect(await card(rudeName)).toHaveFocus()
    await userEvent.keyboard('j')
    expect(await card(pillsName)).toHaveFocus()
    await userEvent.keyboard('s')
    await waitFor(() => expect(screen.queryByRole('article', { name: pillsName })).toBeNull())
    await waitFor(() => expect(screen.getByRole('article', { name: rudeName })).toHaveFocus())
    await userEvent.keyboard('u')
    expect(await card(pillsName)).toBeInTheDocument()
    expect(sent.map(({ action }) => action)).toEqual(['spam', 'undo'])
  })

  it('wait for their turn while a decision is on its way, and mean one case once', async () => {
    const sent = working([rude, pills])
    let arrive = (): void => undefined
    const arrived = new Promise<void>((resolve) => (arrive = resolve))
    server.use(http.post('*/api/v1/moderation/decisions', async () => void (await arrived)))
    await open()
    await card(rudeName)
    await userEvent.keyboard('jrrjsu')
    expect(sent).toEqual([])
    arrive()
    await waitFor(() => expect(sent).toHaveLength(3))
    expect(sent).toMatchObject([
      { cases: [1], action: 'remove' },
      { cases: [2], action: 'spam' },
      { answers: [42], action: 'undo' },
    ])
  })

  it('do nothing that makes no sense', async () => {
    const sent = working([person])
    await open()
    await card('Grace Hopper')
    await userEvent.keyboard('jr')
    expect(sent).toEqual([])
  })

  it('are off while one types, with Ctrl, and when they are turned off', async () => {
    const sent = working([rude])
    await open()
    await card(rudeName)
    await userEvent.keyboard('j{Control>}r{/Control}')
    const field = document.body.appendChild(document.createElement('input'))
    field.focus()
    await userEvent.keyboard('r')
    field.remove()
    await userEvent.click(screen.getByText('Keys'))
    await userEvent.click(screen.getByRole('checkbox', { name: 'Single keys are commands' }))
    await userEvent.keyboard('jr')
    expect(sent).toEqual([])
    expect(localStorage.getItem('byline.moderation.keys')).toBe('off')
  })
})

describe('several cases', () => {
  it('are each decided for their own reason, and taken back together', async () => {
    const report = { reporter: grace, detail: '', outcome: 'open' as const, created_at: rude.opened_at }
    const advert = makeCase(
      { id: 5, reports: [{ ...report, reason: 'spam' as const }] },
      { id: 9, title: 'Oil' },
    )
    const sent = working([rude, advert])
    await open()
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all' }))
    await userEvent.keyboard('r')
    expect(await screen.findByText('2 removed.')).toBeInTheDocument()
    expect(sent).toEqual([
      { cases: [1], versions: [1], action: 'remove', reason: 'abuse' },
      { cases: [5], versions: [1], action: 'remove', reason: 'spam' },
    ])
    await userEvent.keyboard('u')
    await waitFor(() => expect(sent[2]).toEqual({ action: 'undo', answers: [42, 41] }))
  })

  it('are offered only what makes sense for one of them', async () => {
    waiting(() => [person])
    await open()
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all' }))
    const bar = within(screen.getByRole('group', { name: 'Several at once' }))
    expect(bar.getAllByRole('button').map((one) => one.textContent?.trim())).toEqual(['Dismiss', 'Clear'])
  })

  it('are selected and decided together', async () => {
    const sent = working([rude, pills])
    await open()
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all' }))
    expect(screen.getByText('2 selected')).toBeInTheDocument()
    await userEvent.keyboard('s')
    expect(await screen.findByText('2 marked as spam.')).toBeInTheDocument()
    expect(await screen.findByRole('heading', { name: 'Nothing waits' })).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await card(pillsName)).toBeInTheDocument()
    expect(sent.map(({ cases }) => cases)).toEqual([[1], [2], undefined])
    expect(sent[2]).toEqual({ action: 'undo', answers: [42, 41] })
  })
})

describe('what a rule made spam', () => {
  it('can be left so, which ends the case', async () => {
    const sent = working([makeCase({ id: 4, rule: 'Links' }, { status: 'spam' })])
    await open()
    await userEvent.click(within(await card(rudeName)).getByRole('button', { name: 'Spam' }))
    expect(await screen.findByRole('heading', { name: 'Nothing waits' })).toBeInTheDocument()
    expect(sent[0]).toMatchObject({ cases: [4], action: 'spam' })
  })
})

describe('deciding otherwise', () => {
  const dialogOf = async () => within(await screen.findByRole('dialog', { name: 'Decide otherwise' }))

  it('keeps what was typed when the dialog is closed, for this case alone', async () => {
    working([rude, pills])
    await open()
    const other = async (name: string) =>
      userEvent.click(within(await card(name)).getByRole('button', { name: 'Otherwise …' }))
    await other(rudeName)
    const first = await dialogOf()
    expect(first.getByText(rudeName)).toBeInTheDocument()
    await waitFor(() => expect(first.getByLabelText('Decision')).toHaveFocus())
    await userEvent.type(first.getByLabelText(/^For the person/), 'Enough.')
    await userEvent.click(first.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('article', { name: rudeName })))
    await other(pillsName)
    expect((await dialogOf()).getByLabelText(/^For the person/)).toHaveValue('')
    await userEvent.click((await dialogOf()).getByRole('button', { name: 'Cancel' }))
    await other(rudeName)
    expect((await dialogOf()).getByLabelText(/^For the person/)).toHaveValue('Enough.')
    await userEvent.click((await dialogOf()).getByRole('button', { name: 'Decide' }))
    await waitFor(() => expect(localStorage.getItem('byline.words.case.1')).toBeNull())
  })

  it('closes with the case that it ends, and goes on with the next', async () => {
    const sent = working([rude, pills])
    await open()
    await userEvent.click(within(await card(rudeName)).getByRole('button', { name: 'Otherwise …' }))
    await userEvent.click((await dialogOf()).getByRole('button', { name: 'Decide' }))
    await waitFor(() => expect(screen.queryByRole('article', { name: rudeName })).toBeNull())
    await waitFor(() => expect(screen.getByRole('article', { name: pillsName })).toHaveFocus())
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(sent).toHaveLength(1)
  })

  it('silences for a while, with a word to the person', async () => {
    const sent = working([rude])
    await open()
    await userEvent.click(within(await card(rudeName)).getByRole('button', { name: 'Otherwise …' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Decide otherwise' }))
    await userEvent.selectOptions(dialog.getByLabelText('Decision'), 'Silence')
    await userEvent.selectOptions(dialog.getByLabelText('For how long'), '3 days')
    expect(dialog.getByLabelText('Reason')).toHaveValue('abuse')
    await userEvent.type(dialog.getByLabelText(/^For the person/), 'Enough.')
    await userEvent.click(dialog.getByRole('button', { name: 'Decide' }))
    await waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({
      cases: [1],
      versions: [1],
      action: 'silence',
      reason: 'abuse',
      note: 'Enough.',
    })
    const days = (new Date(sent[0]?.until ?? '').getTime() - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(2.99)
    expect(days).toBeLessThan(3.01)
  })
})

describe('closed cases', () => {
  it('say what was decided, and offer to take it back', async () => {
    const sent = deciding()
    const decision = {
      number: 5,
      action: 'remove' as const,
      moderator: grace,
      reason: 'abuse',
      note: '',
      created_at: rude.opened_at,
    }
    waiting(() => [makeCase({ closed_at: rude.opened_at, decision })])
    await open('closed')
    const closed = within(await card(rudeName))
    expect(closed.getByText(/^Removed by Grace Hopper/)).toHaveTextContent('Abuse')
    expect(closed.queryByRole('button', { name: /Approve|Remove/ })).toBeNull()
    await userEvent.click(closed.getByRole('button', { name: /^Take back the decision/ }))
    await waitFor(() => expect(sent).toEqual([{ action: 'undo', answers: [5] }]))
  })
})
