import { ref, watch } from 'vue'

import { listRevisions } from '@/api'
import { announce } from '@/composables/useAnnouncer'

import type { useAutosave } from './useAutosave'
import { useSavingMessages } from './useSavingMessages'

/** Who wrote what was merged last, in words; asked for afterwards, so that the merge waits for nothing. */
export function useMergedBy(editing: ReturnType<typeof useAutosave>, owner: () => string) {
  const { t } = useSavingMessages()
  const title = ref('')

  async function author(slug: string): Promise<string> {
    const { results } = await listRevisions({ path: { slug }, query: { limit: 1 } })
    const by = results[0]?.author
    if (!by) return t('saving.merged.title')
    return by.username === owner() ? t('saving.merged.own') : t('saving.merged.by', { name: by.display_name })
  }

  watch(editing.lastMerge, async (last) => {
    title.value = t(last?.how === 'chosen' ? 'saving.chosen.title' : 'saving.merged.title')
    if (last?.how !== 'merged') return
    const { slug } = editing.post.value ?? {}
    if (slug) title.value = await author(slug).catch(() => title.value)
    announce(title.value)
  })
  return title
}
