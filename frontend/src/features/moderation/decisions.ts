import { getModerationSummary, type DecisionWriteRequest, type TakenAction } from '@/api'

export type Action = TakenAction
export type NewDecision = DecisionWriteRequest

/** How many cases and appeals wait for the caller. */
export async function countOpen(): Promise<number> {
  const { open, appeals } = await getModerationSummary()
  return open + appeals
}
