const nameOf = (tab: string): string => `byline.editor.${tab}`

/** Says to other tabs, until it is let go or this one dies, that a visit to the editor goes on. */
export function holdVisit(tab: string): () => void {
  let release: () => void = () => undefined
  // Without HTTPS a browser has no locks to give.
  const locks: LockManager | undefined = navigator.locks
  void locks?.request(nameOf(tab), () => new Promise<void>((resolve) => (release = resolve)))
  return () => release()
}

/** The visits that go on in some tab: what they keep is theirs, and not left behind. */
export async function visitsGoingOn(): Promise<ReadonlySet<string>> {
  const locks: LockManager | undefined = navigator.locks
  if (!locks) return new Set()
  const { held = [] } = await locks.query()
  return new Set(held.flatMap(({ name }) => (name ? [name] : [])))
}

export const goesOn = (visits: ReadonlySet<string>, tab: string): boolean => visits.has(nameOf(tab))
