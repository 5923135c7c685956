import type { Plugin } from 'vite'

const name = '\0nothing-for-readers'
/** What documents never show: pages of people with an account, and what is fetched for them alone. */
const others = [
  /\/src\/pages\/(?!(?:Home|PostDetail|Tag|Category|Author|Archive|ArchiveIndex|Static|Search|Series|NotFound)Page\.vue)/,
  /\/src\/features\/(?:writing|moderation|notifications)\//,
  /\/(?:AuthorRelation|CommentThread|SecondFactorNeeded|SignInDialog|ConfirmationDialog|enterAdmin)\.?\w*$/,
]

/** Keeps the server's bundle to what documents are made of. */
export const readersOnly = (): Plugin => ({
  name: 'byline:readers-only',
  enforce: 'pre',
  apply: (_config, { isSsrBuild }) => isSsrBuild === true,
  resolveId: (source) => (others.some((each) => each.test(source)) ? name : undefined),
  load: (id) => (id === name ? 'export default { render: () => null }' : undefined),
})
