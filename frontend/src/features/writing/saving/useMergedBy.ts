import { ref, watch } from 'vue'

import { listRevisions } from '@/api'

import type { useAutosave } from './useAutosave'
import { useSavingMessages } from './useSavingMessages'

/** Who wrote what was merged last, in words; nothing until that is known. The merge itself does not wait for it. */
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
    title.value = last?.how === 'chosen' ? t('saving.chosen.title') : ''
    const { slug } = editing.post.value ?? {}
    if (last?.how !== 'merged' || !slug) return
    title.value = await author(slug).catch(() => t('saving.merged.title'))
  })
  return title
}
