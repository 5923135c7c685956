import type { Query, QueryFunctionContext } from '@tanstack/vue-query'

import { isUnreachable } from '@/lib/problem'

import { setShowsKept } from './line'

/** In milliseconds: for so long the line may take before what is kept is shown meanwhile. */
const patience = 4_000

/** Queries, by their hash, that show what is kept: they are asked again once the line is back, and not kept anew. */
export const recalled = new Set<string>()

/** What is kept of the answer, unless another has come by then. Most readers never fetch the program for it. */
async function recall(query: Query): Promise<{ value: unknown; at: number } | undefined> {
  try {
    const kept = await (await import('./kept')).recall(query.queryHash)
    if (!kept || query.state.data !== undefined) return undefined
    recalled.add(query.queryHash)
    setShowsKept(true)
    return kept
  } catch {
    return undefined
  }
}

/**
 * Asks the server; only where it can't be reached, the answer is the one that is kept of it, if any. While a slow line
 * takes its time, that one is shown until the new one is there.
 */
export async function atHand<Data>(
  ask: (context: QueryFunctionContext) => Data | Promise<Data>,
  context: QueryFunctionContext,
  query: Query,
): Promise<Data> {
  const isMissing = query.state.data === undefined
  let isOver = false
  const showMeanwhile = async (): Promise<void> => {
    const kept = await recall(query)
    if (kept && !isOver) query.setData(kept.value, { updatedAt: kept.at, manual: true })
  }
  const timer = isMissing ? setTimeout(() => void showMeanwhile(), patience) : undefined
  try {
    const answer = await ask(context)
    recalled.delete(query.queryHash)
    setShowsKept(false)
    return answer
  } catch (error) {
    const kept = isMissing && isUnreachable(error) ? await recall(query) : undefined
    if (!kept) throw error
    return kept.value as Data
  } finally {
    isOver = true
    clearTimeout(timer)
  }
}
