import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, watch } from 'vue'

import { useEditing } from '../saving/editing'

import { notesQuery, standingQuery } from './queries'

/** Where the post stands with others, kept fresh; the editor learns of it, too. */
export function useStanding(slug: () => string) {
  const client = useQueryClient()
  const editing = useEditing()
  const query = useQuery(computed(() => standingQuery(slug())))

  watch(query.data, (now) => {
    const { value: post } = editing.post
    // Another version is for saving to fetch and to merge.
    if (!now || !post || now.version !== post.version) return
    const { permissions, workflow, co_authors } = now
    const before = JSON.stringify([post.permissions, post.workflow?.review_state, post.co_authors])
    if (before === JSON.stringify([permissions, workflow?.review_state, co_authors])) return
    const kept = workflow && { ...workflow, working_copy: post.workflow?.working_copy ?? null }
    editing.replacePost({ ...post, permissions, workflow: kept, co_authors })
  })

  /** After a step of one's own. */
  const refresh = (): Promise<unknown> =>
    Promise.all([
      client.invalidateQueries({ queryKey: standingQuery(slug()).queryKey }),
      client.invalidateQueries({ queryKey: notesQuery(slug()).queryKey }),
      client.invalidateQueries({ queryKey: ['writing', 'posts'] }),
    ])

  return { ...query, refresh }
}
