import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'

import {
  bookmarkPost,
  likeComment as putCommentLike,
  likePost as putPostLike,
  unbookmarkPost,
  unlikeComment as deleteCommentLike,
  unlikePost as deletePostLike,
  type Like,
} from '@/api'
import { useProblemText } from '@/composables/useAction'
import { useToasts } from '@/composables/useToasts'
import { useSession } from '@/features/accounts'

import { reactionsQuery, type Reactions } from './queries'
import { beforeWish, fulfil } from './wishes'

const post = 'post'

/**
 * What the reader likes of a post and its thread. A change shows at once; where the server refuses it, it is taken back
 * and said why. Wherever it is used for the same post, it is the same.
 *
 *     const { likesComment, likeCount, likeComment } = useMyReactions(() => props.slug)
 *     likesComment(comment.id)                                  // pressed?
 *     likeCount(comment.id, comment.like_count)                 // the number to show
 *     likeComment(comment.id, comment.like_count, !pressed)     // answers whether it was done
 */
export function useMyReactions(slug: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  const describe = useProblemText()
  const { show } = useToasts()
  const { signedIn } = useSession()

  const { data } = useQuery(computed(() => ({ ...reactionsQuery(toValue(slug)), enabled: signedIn.value })))
  const mine = computed(() => (signedIn.value ? data.value : undefined))
  const likedComments = computed(() => new Set(mine.value?.liked_comments))

  /** Shows a change, tells the server, shows what it said; or takes all of it back. */
  async function change<Answer>(
    what: string,
    wanted: boolean,
    apply: (before: Reactions, wanted: boolean) => Reactions,
    send: (path: { slug: string }, wanted: boolean) => Promise<Answer>,
    settle: (now: Reactions, answer: Answer) => Reactions,
  ): Promise<boolean> {
    const path = { slug: toValue(slug) }
    const key = `${path.slug}/${what}`
    const query = reactionsQuery(path.slug)
    const set = (next: (known: Reactions) => Reactions): void => {
      client.setQueryData(query.queryKey, (known) => known && next(known))
    }
    let before: Reactions | undefined
    try {
      before = beforeWish(key, client.getQueryData(query.queryKey) ?? (await client.fetchQuery(query)))
      await client.cancelQueries({ queryKey: query.queryKey })
      set((known) => apply(known, wanted))
      const answer = await fulfil(key, wanted, before, (now) => send(path, now))
      set((known) => settle(known, answer))
      return true
    } catch (error) {
      show(describe(error), 'error')
      const known = before
      if (known) set((now) => undo(now, known, what))
      void client.invalidateQueries({ queryKey: query.queryKey })
      return false
    }
  }

  function like(what: string, shown: number, wanted: boolean, send: (wanted: boolean) => Promise<Like>) {
    const id = what === post ? null : Number(what)
    return change(
      what,
      wanted,
      (known, now) => {
        const entry = known.counts[what]
        const count = entry?.before === shown ? entry.now : shown
        const difference = Number(now) - Number(id === null ? known.liked : known.liked_comments.includes(id))
        return counted(marked(known, id, now), what, shown, Math.max(count + difference, 0))
      },
      (_path, now) => send(now),
      (known, answer) => counted(marked(known, id, answer.liked), what, shown, answer.like_count),
    )
  }

  return {
    /** Whether it is known yet. */
    known: computed(() => mine.value !== undefined),
    liked: computed(() => mine.value?.liked ?? false),
    bookmarked: computed(() => mine.value?.bookmarked ?? false),
    likesComment: (id: number): boolean => likedComments.value.has(id),
    /** The number to show beside a like; `count` is the one that came with the post or the comment. */
    likeCount: (what: number | 'post', count: number): number => {
      const entry = mine.value?.counts[what]
      return entry?.before === count ? entry.now : count
    },
    likePost: (count: number, wanted: boolean): Promise<boolean> =>
      like(post, count, wanted, (now) =>
        (now ? putPostLike : deletePostLike)({ path: { slug: toValue(slug) } }),
      ),
    likeComment: (id: number, count: number, wanted: boolean): Promise<boolean> =>
      like(String(id), count, wanted, (now) => (now ? putCommentLike : deleteCommentLike)({ path: { id } })),
    bookmark: async (wanted: boolean): Promise<boolean> => {
      const done = await change(
        'bookmark',
        wanted,
        (known, bookmarked) => ({ ...known, bookmarked }),
        (path, now) => (now ? bookmarkPost : unbookmarkPost)({ path }),
        (known, { bookmarked }) => ({ ...known, bookmarked }),
      )
      if (done) void client.invalidateQueries({ queryKey: ['bookmarks'], refetchType: 'none' })
      return done
    },
  }
}

/** With the like of the post (null) or of a comment set. */
function marked(known: Reactions, id: number | null, liked: boolean): Reactions {
  if (id === null) return { ...known, liked }
  const others = known.liked_comments.filter((other) => other !== id)
  return { ...known, liked_comments: liked ? [id, ...others] : others }
}

const counted = (known: Reactions, what: string, before: number, now: number): Reactions => ({
  ...known,
  counts: { ...known.counts, [what]: { before, now } },
})

/** One switch as it was; the others as they are. */
function undo(now: Reactions, before: Reactions, what: string): Reactions {
  if (what === 'bookmark') return { ...now, bookmarked: before.bookmarked }
  const counts = Object.fromEntries(Object.entries(now.counts).filter(([key]) => key !== what))
  const entry = before.counts[what]
  const restored = { ...now, counts: entry ? { ...counts, [what]: entry } : counts }
  const id = what === post ? null : Number(what)
  return marked(restored, id, id === null ? before.liked : before.liked_comments.includes(id))
}
