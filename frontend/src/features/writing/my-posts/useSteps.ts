import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'

import { actOnPosts, type PostActionResult, type PostSummary } from '@/api'
import { useProblemText } from '@/composables/useAction'
import { useToasts } from '@/composables/useToasts'

import { atOnce, type Step } from './tabs'
import { useMyPostsMessages } from './useMyPostsMessages'

type Seen = Pick<PostSummary, 'slug' | 'version'>

/** Takes one step with some posts, each at the version that was shown, and says what became of them. */
export function useSteps() {
  const { t } = useMyPostsMessages()
  const { show } = useToasts()
  const describe = useProblemText()
  const client = useQueryClient()
  const busy = ref(false)

  async function send(step: Step, posts: readonly Seen[]): Promise<PostActionResult[]> {
    const results: PostActionResult[] = []
    for (let from = 0; from < posts.length; from += atOnce) {
      const seen = posts.slice(from, from + atOnce).map(({ slug, version }) => ({ slug, version }))
      results.push(...(await actOnPosts({ body: { action: step, posts: seen } })).results)
    }
    return results
  }

  function complain(results: readonly PostActionResult[], titles: ReadonlyMap<string, string>): void {
    const failed = results.filter(({ done }) => !done)
    const [first] = failed
    if (!first) return
    const stale = first.problem?.code === 'version_conflict'
    const reason = stale ? t('myPosts.stale') : (first.problem?.detail ?? '')
    show(
      t(
        'myPosts.failed',
        { count: failed.length, title: titles.get(first.slug) ?? first.slug, reason },
        failed.length,
      ),
      'error',
    )
  }

  /** What is in the lists changed: one's own are fetched anew, readers' ones when they are next looked at. */
  async function refresh(): Promise<void> {
    void client.invalidateQueries({ queryKey: ['posts'], refetchType: 'none' })
    await client.invalidateQueries({ queryKey: ['writing', 'posts'] })
  }

  async function undo(done: readonly PostActionResult[], titles: ReadonlyMap<string, string>): Promise<void> {
    const seen = done.flatMap(({ slug, version }) =>
      version === undefined ? [] : [{ slug, version, title: titles.get(slug) }],
    )
    await take('restore', seen)
  }

  /** Answers whether anything was done. A second step while one is under way does nothing. */
  async function take(
    step: Step,
    posts: readonly (Seen & { title?: string | undefined })[],
  ): Promise<boolean> {
    if (busy.value || posts.length === 0) return false
    busy.value = true
    const titles = new Map(posts.map(({ slug, title }) => [slug, title || t('writing.untitled')]))
    try {
      const results = await send(step, posts)
      const done = results.filter((result) => result.done)
      await refresh()
      complain(results, titles)
      if (done.length === 0) return false
      const title = titles.get(done[0]?.slug ?? '') ?? ''
      show(
        t(`myPosts.done.${step}`, { count: done.length, title }, done.length),
        'success',
        step === 'trash' ? { label: t('myPosts.undo'), run: () => void undo(done, titles) } : undefined,
      )
      return true
    } catch (error) {
      show(describe(error), 'error')
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, take, refresh }
}
