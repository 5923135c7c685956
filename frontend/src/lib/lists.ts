import { ProblemError } from './problem'

/** Whether the list has no such page, or no more: its cursor is another list's, or none at all. */
export const hasNoSuchPage = (error: unknown): boolean =>
  error instanceof ProblemError && error.errors.some(({ parameter }) => parameter === 'cursor')
