import { readonly, ref } from 'vue'

/** What the server wrote into the page beside its content: the answers that it was made from, and when. */
export interface DocumentData {
  readonly now: string
  readonly queries: unknown
}

const id = 'byline-data'

const block = typeof document === 'undefined' ? null : document.getElementById(id)

/** Whether the page stands already when the program begins: then its first picture must be the same again. */
export const begunByServer = typeof document === 'undefined' || block !== null

let written: DocumentData | undefined

/** Reads what the server wrote, once. */
export function takeDocumentData(): DocumentData | undefined {
  written ??= block ? (JSON.parse(block.textContent) as DocumentData) : undefined
  return written
}

/** When the first picture was drawn. */
export const drawnAt = (): Date => new Date(takeDocumentData()?.now ?? Date.now())

const state = ref(!begunByServer)

/**
 * False while the first picture is drawn that the server drew as well. Until then nothing may depend on the reader, the
 * device or the hour; on the server it stays false.
 */
export const settled = readonly(state)

const parts = new Set<Promise<unknown>>()
/** In milliseconds: a part that doesn't come is not waited for. */
const longest = 3_000

/** Lets everything else go first. */
export const pause = (milliseconds = 0): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Names a part of the first picture whose program is on its way: it too is taken over as the server drew it. */
export function awaitPart<Part>(part: Promise<Part>): Promise<Part> {
  if (state.value || typeof document === 'undefined') return part
  parts.add(part)
  const done = (): boolean => parts.delete(part)
  part.then(done, done)
  return part
}

/** Resolves once the parts of the first picture, and those within them, are taken over. */
export async function partsTaken(): Promise<void> {
  const end = Date.now() + longest
  while (parts.size > 0 && Date.now() < end) {
    await Promise.race([Promise.allSettled(parts), pause(longest)])
    await pause()
  }
}

export function settle(): void {
  state.value = true
}

/** What the history keeps of this page; nothing on the server and in the first picture. */
export const historyState = (): Record<string, unknown> =>
  state.value ? ((window.history.state as Record<string, unknown> | null) ?? {}) : {}

declare global {
  interface Window {
    /** Of a document's head, which listens before any program is there (build/begin.js). */
    readonly byline?: {
      /** Resolves once the reader does something. */
      readonly acted: Promise<unknown>
    }
  }
}

/**
 * Resolves once the reader does something with a page that the server drew, or has come to a place within it; at once
 * elsewhere, and on the server.
 */
export const firstInteraction = async (): Promise<void> => {
  if (typeof window !== 'undefined' && !window.location.hash) await window.byline?.acted
}

/** Lets the parts that wait for the reader come now: what they say is about to change, and they stand there already. */
export const hurry = (): void => void window.dispatchEvent(new Event('focusin'))
