import { onScopeDispose, reactive, watch } from 'vue'

import { thumbnailOf } from '@/lib/pictures'

import type { Image } from './image'
import type { Words } from './markup'
import { blockInsertion, mapPosition, type Insertion } from './positions'
import { ResumableUpload } from './tus'

/** A picture on its way into the text. */
export interface Upload {
  readonly id: number
  readonly name: string
  /** A small picture of it as a `data:` address, as soon as there is one; empty where the browser can't read it. */
  thumbnail: string
  /** How much of it has arrived, 0 to 1. */
  share: number
  /** `waiting` for a connection; `sent` when the server has all of it. */
  state: 'queued' | 'sending' | 'waiting' | 'sent' | 'failed'
  /** Why it failed: what was thrown, or what can be seen without the server. */
  error: unknown
  image: Image | null
  /** What was said of it; null as long as nobody was asked. */
  words: Words | null
  /** Where in the text it goes. */
  position: number
}

interface Options {
  /** The text that they go into, with one character for each line break. */
  readonly text: () => string
  readonly markup: (image: Image, words: Words) => string
  /** Is called once for each picture, when it has arrived and its words are known; changes the text at once. */
  readonly insert: (insertion: Insertion, image: Image, words: Words) => void
}

/**
 * The pictures that are on their way. Nothing of them stands in the text before they have arrived; where they go is
 * remembered and moves with what is typed meanwhile. They go one after the other, so that a slow line gets one through.
 */
export function useUploads({ text, markup, insert }: Options) {
  const uploads = reactive<Upload[]>([])
  const carriers = new Map<number, { resumable: ResumableUpload; stop: AbortController }>()
  let count = 0
  let turn = Promise.resolve()

  watch(
    text,
    (now, before) => {
      for (const upload of uploads) upload.position = mapPosition(before, now, upload.position)
    },
    { flush: 'sync' },
  )

  const find = (id: number): Upload | undefined => uploads.find((upload) => upload.id === id)

  function forget(id: number): void {
    carriers.delete(id)
    const at = uploads.findIndex((upload) => upload.id === id)
    if (at >= 0) uploads.splice(at, 1)
  }

  function settle({ id, image, words, position }: Upload): void {
    if (!image || !words) return
    forget(id)
    const insertion = blockInsertion(text(), position, markup(image, words))
    const { at, text: inserted } = insertion
    const behind = uploads.filter(
      (other) => other.id > id && other.position >= position && other.position <= at,
    )
    insert(insertion, image, words)
    // Those that were dropped together stay in their order.
    for (const other of behind) other.position = at + inserted.length
  }

  async function send(id: number): Promise<void> {
    const upload = find(id)
    const carrier = carriers.get(id)
    if (!upload || !carrier) return
    upload.state = 'sending'
    try {
      upload.image = await carrier.resumable.run({
        onProgress: (share) => (upload.share = share),
        onWaiting: (waiting) => (upload.state = waiting ? 'waiting' : 'sending'),
        signal: carrier.stop.signal,
      })
      upload.state = 'sent'
      upload.share = 1
      settle(upload)
    } catch (error) {
      if (carrier.stop.signal.aborted) return
      upload.state = 'failed'
      upload.error = error
    }
  }

  function begin(id: number): void {
    turn = turn.then(() => send(id))
  }

  async function draw(upload: Upload, file: File): Promise<void> {
    upload.thumbnail = await thumbnailOf(file)
  }

  /** `refusal`: why it is not even sent. */
  function add(file: File, position: number, refusal = ''): void {
    const upload: Upload = reactive({
      id: ++count,
      name: file.name,
      thumbnail: '',
      share: 0,
      state: refusal ? 'failed' : 'queued',
      error: refusal || null,
      image: null,
      words: null,
      position,
    })
    uploads.push(upload)
    if (refusal) return
    carriers.set(upload.id, { resumable: new ResumableUpload(file), stop: new AbortController() })
    void draw(upload, file)
    begin(upload.id)
  }

  /** Goes on where it stopped. */
  function retry(id: number): void {
    const upload = find(id)
    if (upload?.state !== 'failed') return
    upload.state = 'queued'
    upload.error = null
    begin(id)
  }

  function cancel(id: number): void {
    const carrier = carriers.get(id)
    carrier?.stop.abort()
    void carrier?.resumable.discard()
    forget(id)
  }

  function describe(id: number, words: Words): void {
    const upload = find(id)
    if (!upload) return
    upload.words = words
    settle(upload)
  }

  function warn(event: BeforeUnloadEvent): void {
    if (uploads.some(({ state }) => state !== 'failed')) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => window.removeEventListener('beforeunload', warn))

  return { uploads, add, retry, cancel, describe }
}
