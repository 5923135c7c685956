import { getModerationSummary, type Case, type DecisionWriteRequest, type TakenAction } from '@/api'

export type Action = TakenAction
export type NewDecision = DecisionWriteRequest
/** What is decided, whatever it is about. */
export type Decided = Pick<NewDecision, 'action' | 'reason' | 'note' | 'until' | 'seconds'>

/** How many cases and appeals wait for the caller. */
export async function countOpen(): Promise<number> {
  const { open, appeals } = await getModerationSummary()
  return open + appeals
}

/** Names cases to decide about, with the versions that are on the screen: what was edited since is not let through. */
export const asSeen = (cases: readonly Case[]) => ({
  cases: cases.map(({ id }) => id),
  versions: cases.map(({ subject }) => subject.version ?? 0),
})
