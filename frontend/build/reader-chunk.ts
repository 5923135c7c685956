import { fileURLToPath, URL } from 'node:url'

/** What the bundler tells of a module. */
interface Modules {
  getModuleInfo: (id: string) => { readonly importedIds?: readonly string[] } | null
}

const ours = /\/src\//
/** What stands behind a feature's door beside what a post needs. */
const others =
  /\/features\/(?:accounts\/(?:confirmation|factors|SignInHere|useRequiredSession|useGuardedAction)|pages\/PageArticle|posts\/(?:Archive|Feed|Front|Lead|Second|PostFeed|PostListing|PostTeaser|SeriesParts|useArchiveMessages|useFeed)|site\/SiteNameplate)/
const begins = ['app/main.ts', 'pages/PostDetailPage.vue'].map((file) =>
  fileURLToPath(new URL(`../src/${file}`, import.meta.url)),
)
const operation = /\?operation=(\w+)&/
/** The calls that a reader's first pages make. */
const readers =
  /^(?:getSite|getMe|refreshToken|signOut|listPages|getPage|getPost|listPosts|getFurtherReading|getUser|getFeed|getSeries|listUsers|listFollowing|listTags|getTag|listCategories|getCategory|listArchiveMonths)$/

/** The other calls come in one piece of their own, once somebody makes one of them. */
export const isCall = (id: string): boolean => operation.test(id)

/**
 * Tells what a first-time reader of a post needs, so that it comes in one piece. Left alone, each lazy part that needs
 * a little of it would split it further.
 */
export function chunkOf(): (id: string, modules: Modules) => string | null {
  const needed = new Set<string>()

  const walk = (id: string, modules: Modules): void => {
    if (needed.has(id) || !ours.test(id) || others.test(id) || operation.test(id)) return
    needed.add(id)
    modules.getModuleInfo(id)?.importedIds?.forEach((each) => walk(each, modules))
  }

  return (id, modules) => {
    const [, call] = operation.exec(id) ?? []
    if (call) return readers.test(call) ? 'reader' : null
    if (needed.size === 0) begins.forEach((each) => walk(each, modules))
    return needed.has(id) && !begins.includes(id) ? 'reader' : null
  }
}
