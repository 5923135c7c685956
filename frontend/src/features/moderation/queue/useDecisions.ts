import { useQueryClient } from '@tanstack/vue-query'
import { ref, shallowRef } from 'vue'

import { decide, type DecisionResult } from '@/api'
import { useProblemText } from '@/composables/useAction'
import { useToasts } from '@/composables/useToasts'

import type { NewDecision } from '../decisions'
import { useModerationMessages } from '../useModerationMessages'

/** Cases or decisions that one request may name. */
const atOnce = 100

/** Decides about cases, says what became of it, and takes it back as long as it is the last that was decided. */
export function useDecisions() {
  const { t } = useModerationMessages()
  const { show, dismiss } = useToasts()
  const describe = useProblemText()
  const client = useQueryClient()
  const busy = ref(false)
  /** The numbers of what was decided last: what an undo takes back. */
  const last = shallowRef<readonly number[]>([])
  let toast: number | undefined

  async function send(body: NewDecision): Promise<DecisionResult[]> {
    const name = body.cases ? 'cases' : 'answers'
    const named = body[name] ?? []
    const results: DecisionResult[] = []
    for (let from = 0; from < named.length; from += atOnce) {
      results.push(...(await decide({ body: { ...body, [name]: named.slice(from, from + atOnce) } })).results)
    }
    return results
  }

  const refresh = () => client.invalidateQueries({ queryKey: ['moderation'] })

  function complain(results: readonly DecisionResult[]): void {
    const failed = results.filter(({ done }) => !done)
    const [first] = failed
    if (first) {
      const reason = first.problem?.detail ?? ''
      show(t('moderation.failed', { count: failed.length, reason }, failed.length), 'error')
    }
  }

  /** One deed at a time; answers what `deed` answered, or nothing where it failed or another is under way. */
  async function attempt<Answer>(deed: () => Promise<Answer>): Promise<Answer | undefined> {
    if (busy.value) return undefined
    busy.value = true
    try {
      return await deed()
    } catch (error) {
      show(describe(error), 'error')
      return undefined
    } finally {
      busy.value = false
      await refresh()
    }
  }

  function forget(): void {
    last.value = []
    if (toast !== undefined) dismiss(toast)
    toast = undefined
  }

  /** Takes back what was decided last, the newest first. */
  async function undo(): Promise<void> {
    const numbers = [...last.value].reverse()
    if (numbers.length === 0 || busy.value) return
    forget()
    const results = await attempt(() => send({ action: 'undo', answers: numbers }))
    if (!results) return
    complain(results)
    const count = results.filter(({ done }) => done).length
    if (count > 0) show(t('moderation.undone', count))
  }

  /** Answers whether anything was decided. */
  async function take(decision: NewDecision): Promise<boolean> {
    const results = await attempt(() => send(decision))
    if (!results) return false
    complain(results)
    const numbers = results.flatMap(({ done, number }) =>
      done && typeof number === 'number' ? [number] : [],
    )
    if (numbers.length === 0) return false
    forget()
    last.value = numbers
    toast = show(t(`moderation.done.${decision.action}`, numbers.length), 'success', {
      label: t('moderation.undo'),
      run: () => void undo(),
    })
    return true
  }

  return { busy, last, take, undo }
}
