import { ifMatch, restoreRevision, type RevisionSummary } from '@/api'
import { useAction } from '@/composables/useAction'
import { isStale } from '@/lib/problem'

import { useEditing } from '../saving/editing'

import { useHistoryMessages } from './useHistoryMessages'

/**
 * Brings a version back as the text one goes on with: into the working copy of what readers see, else into the post.
 * What is typed is saved first, so that the history has it.
 */
export function useRestore() {
  const { t } = useHistoryMessages()
  const { post, live, workingCopy, save, replacePost, replaceWorkingCopy } = useEditing()
  const { busy, problem, cause, run } = useAction()
  let isUnsaved = false

  async function deed({ number }: RevisionSummary): Promise<void> {
    isUnsaved = !(await save())
    const { value: current } = post
    if (isUnsaved || !current) throw new Error('what is typed is not saved')
    const path = { slug: current.slug, number }
    if (!live.value) {
      const headers = ifMatch(current.version)
      const answer = await restoreRevision({ path, body: { to: 'post' }, headers })
      if (!('base_version' in answer)) replacePost(answer)
      return
    }
    const headers = workingCopy.value ? ifMatch(workingCopy.value.version) : { 'If-None-Match': '*' }
    const answer = await restoreRevision({ path, body: { to: 'working_copy' }, headers })
    if ('base_version' in answer) replaceWorkingCopy(answer)
  }

  /** Answers whether it is back. */
  async function restore(revision: RevisionSummary): Promise<boolean> {
    const isDone = await run(() => deed(revision))
    if (isUnsaved) problem.value = t('history.restore.unsaved')
    else if (isStale(cause.value)) problem.value = t('history.restore.stale')
    return isDone
  }

  return { busy, problem, live, restore }
}
