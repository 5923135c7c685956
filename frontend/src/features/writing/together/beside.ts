import { computed, defineComponent, h, provide, reactive, ref, shallowRef, type Component } from 'vue'

import type { Post, PostPermissions, ReviewState, WorkingCopy } from '@/api'
import { makePost } from '@/test/factories'
import { render } from '@/test/render'

import { toDraft } from '../saving/draft'
import { editingKey, type Editing } from '../saving/editing'
import type { SaveState } from '../saving/useSaving'

export const permissions: PostPermissions = {
  ...{
    edit: true,
    delete: true,
    publish: true,
    feature: false,
    review: false,
    co_authors: true,
    comment: true,
  },
}

/** A draft of Ada's whose review stands there. */
export const makeDraft = (review_state: ReviewState = 'none', given: Partial<Post> = {}): Post =>
  makePost({
    slug: 'tools',
    status: 'draft',
    permissions,
    workflow: { review_state, trashed_at: null, working_copy: null },
    version: 3,
    ...given,
  })

/** Renders a part of the editor around a post; what is typed can be saved, or not. */
export async function renderBeside(
  part: Component,
  given: { post: Post | null; copy?: WorkingCopy; live?: boolean; dirty?: boolean; saves?: boolean },
) {
  const post = shallowRef<Post | null>(given.post)
  const dirty = ref(given.dirty ?? false)
  const saved: string[] = []
  const editing: Editing = {
    post,
    draft: reactive(toDraft(given.post ?? makePost())),
    state: ref<SaveState>('saved'),
    dirty: computed(() => dirty.value),
    live: computed(() => given.live ?? false),
    workingCopy: shallowRef(given.copy ?? null),
    save: () => {
      saved.push('saved')
      dirty.value = given.saves === false
      return Promise.resolve(given.saves !== false)
    },
    replacePost: (next) => (post.value = next),
    replaceWorkingCopy: () => undefined,
    publishChanges: () => Promise.resolve(true),
    discardChanges: () => Promise.resolve(),
    setBody: () => undefined,
    insert: () => undefined,
  }
  const Around = defineComponent(() => {
    provide(editingKey, editing)
    return () => h(part)
  })
  const view = await render(Around)
  return { ...view, post, saved }
}
