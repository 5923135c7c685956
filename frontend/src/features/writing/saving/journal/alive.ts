const nameOf = (tab: string): string => `byline.editor.${tab}`

/** Says to other tabs, until it is let go or this one dies, that a visit to the editor goes on. */
export function holdVisit(tab: string): () => void {
  let release: () => void = () => undefined
  // Without HTTPS a browser has no locks to give.
  const locks: LockManager | undefined = navigator.locks
  void locks?.request(nameOf(tab), () => new Promise<void>((resolve) => (release = resolve)))
  return () => release()
}

/** In milliseconds: for so long the lock of a tab that died may outlive it. */
const afterlife = 2_000

/** Whether the visit goes on in some tab: what it keeps is its own then, and not left behind. */
export async function goesOn(tab: string): Promise<boolean> {
  const locks: LockManager | undefined = navigator.locks
  if (!locks) return false
  // The visit holds its lock as long as it lives: whoever is given it knows that the visit is over.
  const signal = AbortSignal.timeout(afterlife)
  return locks.request(nameOf(tab), { signal }, () => false).catch(() => true)
}
