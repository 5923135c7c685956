import { inject, type InjectionKey, type Ref } from 'vue'

import type { Comment } from '@/api'

import type { Tail } from './thread'
import type { Turns } from './turns'
import type { useCommentActions } from './useCommentActions'
import type { WaitingState } from './useWaiting'
import type { Warmth } from './warmth'

/** What each comment of a thread can ask of it. None of it is watched as a whole by all of them. */
export interface ThreadContext {
  readonly slug: Readonly<Ref<string>>
  /** Comments are taken, if not from everybody. */
  readonly open: Readonly<Ref<boolean>>
  /** The comment that the address names. */
  readonly target: Readonly<Ref<number | null>>
  /** Comments that were put in while one was reading. */
  readonly fresh: { has(id: number): boolean }
  readonly turns: Turns
  readonly warmth: Warmth
  readonly actions: ReturnType<typeof useCommentActions>
  /** What was written without a line. */
  readonly waiting: WaitingState
  readonly reactions: {
    likesComment(id: number): boolean
    likeCount(id: number, count: number): number
    likeComment(id: number, count: number, wanted: boolean): Promise<boolean>
  }
  readonly signedIn: Readonly<Ref<boolean>>
  /** How long one may edit what one wrote; 0 for always. */
  readonly editMinutes: Readonly<Ref<number>>
  readonly moderates: Readonly<Ref<boolean>>
  /** Places in the thread where something was typed and not sent, when it was opened; less what was sent since. */
  readonly drafts: Set<string>
  nameOf(comment: Comment | undefined): string
  find(id: number): Comment | undefined
  isOwn(comment: Comment): boolean
  /** Asks before it deletes or removes. */
  askToDelete(comment: Comment): void
  report(comment: Comment): void
  showHistory(comment: Comment): void
  openBranch(tail: Tail): Promise<readonly Comment[]>
  /** Something was said, or taken away. */
  changed(created?: Comment): void
  /** Puts the focus on a comment. */
  focus(id: number): Promise<void>
}

export const threadKey: InjectionKey<ThreadContext> = Symbol('thread')

export function useThreadContext(): ThreadContext {
  const context = inject(threadKey)
  if (!context) throw new Error('A comment is shown outside a thread.')
  return context
}
