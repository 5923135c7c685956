import { useQueryClient, type InfiniteData } from '@tanstack/vue-query'
import { ref, shallowRef } from 'vue'

import { decide, type Case, type DecisionResult } from '@/api'
import { useProblemText } from '@/composables/useAction'
import { useToasts } from '@/composables/useToasts'

import type { NewDecision } from '../decisions'
import { casesQuery } from '../queries'
import { useModerationMessages } from '../useModerationMessages'

import { endsCase } from './choices'

/** Cases or decisions that one request may name. */
const atOnce = 100

/** Decides about cases, says what became of it, and takes it back as long as it is the last that was decided. */
export function useDecisions() {
  const { t } = useModerationMessages()
  const { show, dismiss } = useToasts()
  const describe = useProblemText()
  const client = useQueryClient()
  const busy = ref(false)
  /** Cases that a decision is on its way about: no other is taken meanwhile, as where a key is pressed twice. */
  const underWay = new Set<number>()
  let turn: Promise<unknown> = Promise.resolve()
  /** The numbers of what was decided last: what an undo takes back. */
  const last = shallowRef<readonly number[]>([])
  let toast: number | undefined

  async function send(body: NewDecision, results: DecisionResult[]): Promise<void> {
    const name = body.cases ? 'cases' : 'answers'
    const named = body[name] ?? []
    for (let from = 0; from < named.length; from += atOnce) {
      const part = { [name]: named.slice(from, from + atOnce) }
      const versions = body.versions && { versions: body.versions.slice(from, from + atOnce) }
      results.push(...(await decide({ body: { ...body, ...part, ...versions } })).results)
    }
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

  /** What is ended goes from the screen at once; the lists are asked again in any case. */
  function settle(body: NewDecision, results: readonly DecisionResult[]): void {
    const done = new Set(results.flatMap((one) => (one.done && one.case !== null ? [one.case] : [])))
    const keep = (one: Case): boolean => !done.has(one.id) || !endsCase(body.action, one)
    client.setQueryData<InfiniteData<{ results: readonly Case[] }>>(
      casesQuery('open').queryKey,
      (known) =>
        known && {
          ...known,
          pages: known.pages.map((page) => ({ ...page, results: page.results.filter(keep) })),
        },
    )
  }

  /** What is asked for while something is under way is done after it. */
  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const mine = turn.then(job)
    turn = mine.catch(() => undefined)
    return mine
  }

  /** One after another; answers what became of them. */
  async function act(bodies: readonly NewDecision[]): Promise<readonly DecisionResult[]> {
    busy.value = true
    const all: DecisionResult[] = []
    try {
      for (const body of bodies) {
        const results: DecisionResult[] = []
        await send(body, results).finally(() => {
          all.push(...results)
          settle(body, results)
        })
      }
    } catch (error) {
      show(describe(error), 'error')
    } finally {
      busy.value = false
      complain(all)
      void refresh()
    }
    return all
  }

  function forget(): void {
    last.value = []
    if (toast !== undefined) dismiss(toast)
    toast = undefined
  }

  /** Takes back what was decided last, the newest first; or what these numbers name. */
  const undo = (chosen?: readonly number[]): Promise<void> => inTurn(() => takeBack(chosen))

  async function takeBack(numbers: readonly number[] = [...last.value].reverse()): Promise<void> {
    if (numbers.length === 0) return
    forget()
    const results = await act([{ action: 'undo', answers: [...numbers] }])
    const count = results.filter(({ done }) => done).length
    if (count > 0) show(t('moderation.undone', count))
  }

  /** Decides, each with its own reason; answers whether anything was decided. */
  async function take(...decisions: readonly [NewDecision, ...NewDecision[]]): Promise<boolean> {
    const named = decisions.flatMap(({ cases, answers }) => cases ?? answers ?? [])
    if (named.some((id) => underWay.has(id))) return false
    named.forEach((id) => underWay.add(id))
    return inTurn(() => settleAll(decisions)).finally(() => named.forEach((id) => underWay.delete(id)))
  }

  async function settleAll(decisions: readonly [NewDecision, ...NewDecision[]]): Promise<boolean> {
    const results = await act(decisions)
    const numbers = results.flatMap(({ done, number }) =>
      done && typeof number === 'number' ? [number] : [],
    )
    if (numbers.length === 0) return false
    forget()
    const [{ action }] = decisions
    if (action === 'uphold' || action === 'overturn') {
      show(t(`moderation.done.${action}`, numbers.length), 'success')
      return true
    }
    last.value = numbers
    toast = show(t(`moderation.done.${action}`, numbers.length), 'success', {
      label: t('moderation.undo'),
      run: () => void undo(),
    })
    return true
  }

  return { busy, last, take, undo }
}
