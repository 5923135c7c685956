import { screen, waitFor, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Rule } from '@/api'
import { listOf } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import RuleList from './RuleList.vue'

const pills: Rule = {
  id: 3,
  name: 'Pills',
  kind: 'words',
  settings: { words: ['pills'] },
  action: 'hold',
  enabled: false,
  version: 1,
  updated_at: '2026-03-14T09:26:00Z',
}

function keeping() {
  let rules: Rule[] = [pills]
  const sent: unknown[] = []
  server.use(
    http.get('*/api/v1/moderation/rules', () => listOf(rules)),
    http.post('*/api/v1/moderation/rules', async ({ request }) => {
      const body = (await request.json()) as Partial<Rule>
      sent.push(body)
      rules = [...rules, { ...pills, ...body, id: 4 }]
      return HttpResponse.json(rules[1], { status: 201 })
    }),
    http.patch('*/api/v1/moderation/rules/3', async ({ request }) => {
      const body = (await request.json()) as Partial<Rule>
      sent.push(body)
      rules = rules.map((rule) => (rule.id === 3 ? { ...rule, ...body, version: 2 } : rule))
      return HttpResponse.json(rules[0])
    }),
    http.post('*/api/v1/moderation/rules/try', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ looked_at: 20, matches: 2, examples: [] })
    }),
  )
  return sent
}

describe('the rules', () => {
  it('are turned on where the switch is, which keeps the focus', async () => {
    const sent = keeping()
    await render(RuleList)
    const turn = await screen.findByRole('switch', { name: '“Pills” is on' })
    await userEvent.click(turn)
    await waitFor(() => expect(turn).toBeChecked())
    expect(turn).toHaveFocus()
    expect(sent).toEqual([{ enabled: true }])
  })

  it('say what is missing, are tried, and saved', async () => {
    const sent = keeping()
    await render(RuleList)
    await userEvent.click(await screen.findByRole('button', { name: 'New rule' }))
    const form = within(screen.getByRole('form', { name: 'New rule' }))
    await userEvent.click(form.getByRole('button', { name: 'Try on past comments' }))
    const words = form.getByLabelText('Words or phrases')
    expect(words).toHaveAccessibleDescription(/Write at least one/)
    expect(words).toHaveFocus()
    await userEvent.type(words, 'damn{Enter} {Enter}blast')
    expect(words).not.toHaveAccessibleDescription(/Write at least one/)
    await userEvent.click(form.getByRole('button', { name: 'Try on past comments' }))
    expect(await form.findByText('It would have caught 2 of the newest 20 comments.')).toBeInTheDocument()
    await userEvent.type(form.getByLabelText('Name'), 'Swearing')
    await userEvent.click(form.getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('switch', { name: '“Swearing” is on' })).toBeInTheDocument()
    const settings = { words: ['damn', 'blast'] }
    expect(sent).toEqual([
      { kind: 'words', settings },
      { name: 'Swearing', kind: 'words', action: 'hold', settings },
    ])
    expect(screen.getByRole('group', { name: 'Rules' })).toHaveFocus()
  })

  it('keep what was typed until it is saved or given up', async () => {
    keeping()
    const first = await render(RuleList)
    await userEvent.click(await screen.findByRole('button', { name: 'New rule' }))
    await userEvent.type(screen.getByLabelText('Name'), 'Haste')
    await userEvent.selectOptions(screen.getByLabelText('Looks for'), 'Too much too quickly')
    await userEvent.type(screen.getByLabelText('Within (minutes)'), '5')
    first.unmount()
    await render(RuleList)
    await userEvent.click(await screen.findByRole('button', { name: 'New rule' }))
    expect(screen.getByLabelText('Name')).toHaveValue('Haste')
    expect(screen.getByLabelText('Within (minutes)')).toHaveValue('5')
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    await userEvent.click(screen.getByRole('button', { name: 'New rule' }))
    expect(screen.getByLabelText('Name')).toHaveValue('')
  })
})
