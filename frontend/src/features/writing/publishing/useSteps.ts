import { ref } from 'vue'

import {
  archivePost,
  discardWorkingCopy,
  ifMatch,
  publishPost,
  schedulePost,
  unpublishPost,
  type Post,
} from '@/api'
import { useProblemText } from '@/composables/useAction'
import { ProblemError } from '@/lib/problem'

import { useEditing } from '../saving/editing'

import { usePublishingMessages } from './usePublishingMessages'

/** The text did not reach the server, so no step was taken. */
class NotSaved extends Error {}

const at = (post: Post) => ({ path: { slug: post.slug }, headers: ifMatch(post.version) })

/** The steps of a post's life, each taken on exactly what was saved just before. */
export function useSteps() {
  const editing = useEditing()
  const { t } = usePublishingMessages()
  const describe = useProblemText()
  const busy = ref(false)
  const problem = ref('')

  function explain(error: unknown): string {
    if (error instanceof NotSaved) return t('publishing.notSaved')
    if (error instanceof ProblemError && error.status < 500) return error.errors[0]?.detail ?? describe(error)
    return describe(error)
  }

  /** One at a time. Answers whether it was done; `problem` says why it was not. */
  async function run(deed: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ''
    try {
      await deed()
      return true
    } catch (error) {
      problem.value = explain(error)
      return false
    } finally {
      busy.value = false
    }
  }

  async function saved(): Promise<Post> {
    if (!(await editing.save())) throw new NotSaved()
    const { value: post } = editing.post
    if (!post) throw new NotSaved()
    return post
  }

  const step = (act: (post: Post) => Promise<Post>) =>
    run(async () => editing.replacePost(await act(await saved())))

  /** Out of readers' sight: changes that they did not have yet become part of what is put aside. */
  const withdraw = (act: (post: Post) => Promise<Post>) =>
    run(async () => {
      const post = await saved()
      const { value: copy } = editing.workingCopy
      const typed = { ...editing.draft }
      editing.replacePost(await act(post))
      if (!copy) return
      Object.assign(editing.draft, typed)
      const next = await saved()
      await discardWorkingCopy({ path: { slug: next.slug }, headers: ifMatch(copy.version) })
    })

  return {
    busy,
    problem,
    run,
    saved,
    publish: () => step((post) => publishPost(at(post))),
    schedule: (moment: Date) =>
      step((post) => schedulePost({ ...at(post), body: { published_at: moment.toISOString() } })),
    unpublish: () => withdraw((post) => unpublishPost(at(post))),
    archive: () => withdraw((post) => archivePost(at(post))),
    update: () =>
      run(async () => {
        if (!(await editing.publishChanges())) throw new NotSaved()
      }),
  }
}
