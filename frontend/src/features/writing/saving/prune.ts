import { differences } from './draft'
import { journal, type Entry } from './journal'
import { fetchKnown } from './known'

/** In milliseconds. */
const longest = 90 * 24 * 3_600_000
/** How many are looked at in one visit. */
const most = 5

/** Drops old entries whose text the server has by now. Answers whether there were any. */
export async function prune(entries: readonly Entry[], now = Date.now()): Promise<boolean> {
  let isAny = false
  for (const entry of entries.filter(({ at }) => now - at > longest).slice(0, most)) {
    const { post } = entry.ground
    if (!post) continue
    try {
      const { base } = await fetchKnown(post.slug)
      if (differences(base, entry.draft).length > 0) continue
      await journal.drop(entry)
      isAny = true
    } catch {
      // Not to be had now, or gone: the text stays.
    }
  }
  return isAny
}
