import { computed, reactive, ref, shallowRef, watch } from 'vue'

import {
  createPost,
  getPost,
  idempotencyKey,
  ifMatch,
  newKey,
  updatePost,
  type Post,
  type PostCreateRequest,
} from '@/api'
import { isStale, ProblemError } from '@/lib/problem'

import {
  changesBetween,
  differences,
  emptyDraft,
  mergeDrafts,
  toDraft,
  type Draft,
  type DraftField,
} from './draft'
import { fieldErrors, isPassing, retryDelay, type FieldErrors } from './failures'
import { journal } from './journal'
import { useSaveMoments } from './useSaveMoments'

/** How things stand between what is typed and the server. */
export type SaveState =
  'saved' | 'unsaved' | 'held' | 'saving' | 'offline' | 'signed-out' | 'conflict' | 'refused'

export interface Conflict {
  readonly theirs: Post
  readonly fields: readonly DraftField[]
}

interface Options {
  readonly owner: string
  readonly language: string
  /** None for a post that is only begun. */
  readonly post: Post | null
  readonly onCreated: (post: Post) => void
  readonly onMerged: () => void
}

/** In milliseconds. */
const pause = 1500

/**
 * Saves while one types. Each change is kept on this device at once and goes to the server after a pause; nothing is
 * overwritten unseen, and whatever goes wrong, the text stays where it is.
 */
export function useAutosave({ owner, language, post: given, onCreated, onMerged }: Options) {
  const post = shallowRef<Post | null>(given)
  const base = shallowRef<Draft>(given ? toDraft(given) : emptyDraft(language))
  const draft = reactive<Draft>({ ...base.value })
  const state = ref<SaveState>('saved')
  const errors = ref<FieldErrors>({})
  const problem = ref('')
  const conflict = shallowRef<Conflict | null>(null)
  const kept = ref(true)
  const dirty = computed(() => differences(base.value, draft).length > 0)
  /** Readers see it: half a sentence must not reach them, so it is saved only when the author says so. */
  const live = computed(() => post.value?.status === 'published')

  let timer = 0
  let running: Promise<void> | null = null
  /** A creation whose answer may have been lost: it is repeated as it was, never sent anew. */
  let creation: { readonly key: string; readonly body: PostCreateRequest; readonly draft: Draft } | null =
    null

  /** What stood here before the text of an earlier visit was brought back. */
  let beforeRestored: Draft | null = null

  const place = (): number | 'new' => post.value?.id ?? 'new'

  function keep(): void {
    if (!dirty.value) {
      journal.clear(place())
      return
    }
    const version = post.value?.version
    kept.value = journal.write(place(), {
      owner,
      draft: { ...draft },
      base: version === undefined ? null : { draft: base.value, version },
      at: Date.now(),
    })
  }

  const waiting = (): SaveState => (live.value ? 'held' : 'unsaved')

  function later(delay: number): void {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void save(), delay)
  }

  /** The server has this now. What was typed meanwhile stays and is still to be saved. */
  function accept(saved: Post, sent: Draft): void {
    const next = toDraft(saved)
    // First of all which post it is: what follows is kept under its name.
    post.value = saved
    base.value = next
    for (const name of differences(next, sent)) {
      // The server may tidy up what it was given (a slug from the title, names of tags).
      if (draft[name] === sent[name]) Object.assign(draft, { [name]: next[name] })
    }
    errors.value = {}
    problem.value = ''
    conflict.value = null
  }

  async function create(): Promise<void> {
    creation ??= { key: newKey(), body: changesBetween(emptyDraft(language), draft), draft: { ...draft } }
    const sent = creation
    const saved = await createPost({ body: { language, ...sent.body }, headers: idempotencyKey(sent.key) })
    creation = null
    accept(saved, sent.draft)
    journal.clear('new')
    onCreated(saved)
  }

  async function update(current: Post): Promise<void> {
    const sent = { ...draft }
    const saved = await updatePost({
      path: { slug: current.slug },
      body: changesBetween(base.value, sent),
      headers: ifMatch(current.version),
    })
    accept(saved, sent)
  }

  async function meet(current: Post): Promise<void> {
    const theirs = await getPost({ path: { slug: current.slug } })
    const { merged, conflicts } = mergeDrafts(base.value, { ...draft }, toDraft(theirs))
    if (conflicts.length > 0) {
      conflict.value = { theirs, fields: conflicts }
      state.value = 'conflict'
      return
    }
    Object.assign(draft, merged)
    post.value = theirs
    base.value = toDraft(theirs)
    onMerged()
    state.value = 'unsaved'
    later(0)
  }

  async function fail(error: unknown): Promise<void> {
    if (isPassing(error)) {
      state.value = 'offline'
      later(retryDelay(error))
    } else if (isStale(error) && post.value) {
      await meet(post.value).catch(fail)
    } else if (error instanceof ProblemError && error.status === 401) {
      state.value = 'signed-out'
    } else if (error instanceof ProblemError) {
      creation = null
      state.value = 'refused'
      problem.value = error.detail || error.title
      errors.value = fieldErrors(error)
    } else throw error
  }

  async function once(): Promise<void> {
    state.value = 'saving'
    try {
      if (post.value) await update(post.value)
      else await create()
      state.value = dirty.value ? waiting() : 'saved'
      if (state.value === 'unsaved') later(pause)
    } catch (error) {
      await fail(error)
    }
    keep()
  }

  /** Sends what is not saved yet; answers whether the server has all of it then. */
  async function save(): Promise<boolean> {
    window.clearTimeout(timer)
    while (running) await running
    if (conflict.value) return false
    for (let round = 0; round < 3 && dirty.value; round++) {
      running = once().finally(() => (running = null))
      await running
      if (state.value !== 'unsaved' && state.value !== 'held') break
    }
    return !dirty.value
  }

  /** After a step such as publishing: what the server answered. */
  function replacePost(next: Post): void {
    accept(next, { ...draft })
    state.value = dirty.value ? waiting() : 'saved'
    keep()
  }

  /** The other version is what one goes on from; answers whether there was one. */
  function settleConflict(): boolean {
    if (!conflict.value) return false
    post.value = conflict.value.theirs
    base.value = toDraft(conflict.value.theirs)
    conflict.value = null
    return true
  }

  function keepMine(): void {
    if (!settleConflict()) return
    state.value = 'unsaved'
    void save()
  }

  function takeTheirs(): void {
    if (!settleConflict()) return
    Object.assign(draft, base.value)
    state.value = 'saved'
    keep()
  }

  /** Brings back what an earlier visit left on this device; it is saved like anything typed. */
  function restore(): boolean {
    const entry = journal.read(place(), owner)
    if (!entry || differences(base.value, { ...base.value, ...entry.draft }).length === 0) return false
    beforeRestored = { ...draft }
    Object.assign(draft, entry.draft)
    if (entry.base && post.value && entry.base.version !== post.value.version) {
      const { merged, conflicts } = mergeDrafts(entry.base.draft, { ...entry.draft }, base.value)
      if (conflicts.length > 0) {
        conflict.value = { theirs: post.value, fields: conflicts }
        state.value = 'conflict'
        return true
      }
      Object.assign(draft, merged)
    }
    return true
  }

  /** Back to how it was before `restore`, on the server too where the restored text was saved already. */
  function discard(): void {
    Object.assign(draft, beforeRestored ?? base.value)
    if (dirty.value) return
    journal.clear(place())
    state.value = 'saved'
  }

  watch(
    draft,
    () => {
      keep()
      if (!dirty.value || conflict.value) return
      if (state.value !== 'saving' && state.value !== 'offline' && state.value !== 'signed-out')
        state.value = waiting()
      if (state.value === 'offline') later(retryDelay())
      else if (state.value !== 'signed-out' && !live.value) later(pause)
    },
    { flush: 'sync' },
  )

  /** Saves unless that waits for the author's word, or for a session. */
  function autosave(): void {
    if (!dirty.value || state.value === 'signed-out') return
    if (!live.value || state.value === 'offline') void save()
  }

  /** After signing in again. */
  function resume(): void {
    if (state.value !== 'signed-out') return
    state.value = waiting()
    autosave()
  }

  useSaveMoments({
    save: autosave,
    atRisk: () => dirty.value && !kept.value,
    leave: () => {
      window.clearTimeout(timer)
      if (state.value === 'unsaved') void save()
    },
  })

  /** Readers get what was typed. */
  async function publishChanges(): Promise<boolean> {
    return save()
  }

  /** What readers see is what one goes on from. */
  function discardChanges(): Promise<void> {
    Object.assign(draft, base.value)
    return Promise.resolve()
  }

  return {
    post,
    draft,
    workingCopy: shallowRef(null),
    publishChanges,
    discardChanges,
    state,
    errors,
    problem,
    conflict,
    kept,
    dirty,
    save,
    autosave,
    resume,
    replacePost,
    keepMine,
    takeTheirs,
    restore,
    discard,
  }
}
