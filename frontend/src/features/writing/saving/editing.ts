import { inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'

import type { Post, WorkingCopy } from '@/api'

import type { Draft } from './draft'
import type { SaveState } from './useSaving'

/** The post that is being edited, for everything that stands around its text. */
export interface Editing {
  /** As the server has it; none for a post that is only begun. */
  readonly post: Readonly<Ref<Post | null>>
  /** As it is typed. Assign to its fields. */
  readonly draft: Draft
  readonly state: Readonly<Ref<SaveState>>
  /** Whether something is typed that the server doesn't have. */
  readonly dirty: ComputedRef<boolean>
  /** Whether readers see the post now, so that changes go to a working copy. */
  readonly live: ComputedRef<boolean>
  /** Changes to a published post that its readers don't see yet, as the server has them. */
  readonly workingCopy: Readonly<Ref<WorkingCopy | null>>
  /** Sends what is not saved yet; answers whether the server has all of it then. */
  save(): Promise<boolean>
  /** After a step such as publishing: the post as the server answered. */
  replacePost(post: Post): void
  /** After a step such as restoring a revision there: the working copy as the server answered. */
  replaceWorkingCopy(copy: WorkingCopy): void
  /** Makes the working copy what readers see. Throws what the server objects to; answers whether it is done. */
  publishChanges(): Promise<boolean>
  /** Drops the working copy: what readers see is what one goes on from. */
  discardChanges(): Promise<void>
  setBody(text: string): void
  /** Puts text where the cursor stands. */
  insert(text: string): void
}

export const editingKey: InjectionKey<Editing> = Symbol('editing')

export function useEditing(): Editing {
  const editing = inject(editingKey)
  if (!editing) throw new Error('useEditing() is for what stands inside the editor')
  return editing
}
