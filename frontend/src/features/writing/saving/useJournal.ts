import { onScopeDispose, ref, type Ref } from 'vue'

import { newKey } from '@/api'

import type { Draft } from './draft'
import { journal, type Entry, type Ground, type Keeping } from './journal'

/** Keeps what is typed on this device, in the name of this visit to the editor. */
export function useJournal(owner: string) {
  const tab = newKey()
  const keeping: Ref<Keeping> = ref('kept')
  const writer = journal.writer((now) => (keeping.value = now))
  const tail = journal.tail()
  const letGo = journal.holdVisit(tab)

  function keep(ground: Ground, draft: Draft): void {
    const entry = { owner, tab, ground, draft: { ...draft }, at: Date.now() }
    tail.note(entry)
    writer.keep(entry)
  }

  function clear(): void {
    tail.note(null)
    writer.keep(null)
  }

  /** An earlier visit's entry is in this one's text now: it goes once this one's is written. */
  async function adopt(entry: Entry): Promise<void> {
    await writer.settled()
    if (keeping.value === 'kept' || keeping.value === 'small') await journal.drop(entry)
  }

  /** What the database has needs no second place. */
  async function settle(): Promise<void> {
    await writer.settled()
    if (keeping.value === 'kept') tail.note(null)
  }

  const flush = (): void => writer.flush()
  window.addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', flush)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', flush)
    document.removeEventListener('visibilitychange', flush)
    void settle().then(letGo)
  })

  return {
    keeping,
    keep,
    adopt,
    clear,
    settled: () => writer.settled(),
    leftBehind: () => journal.leftBehind(owner, tab),
  }
}
