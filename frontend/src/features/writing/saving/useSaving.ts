import { ref } from 'vue'

import { newKey, type Post } from '@/api'
import { isStale, ProblemError } from '@/lib/problem'

import { changesBetween, differences, emptyDraft, type Draft } from './draft'
import { fieldErrors, isPassing, retryDelay, type FieldErrors } from './failures'
import { create, fetchKnown, send, type Known } from './known'
import { useSaveTimer } from './useSaveTimer'
import type { Text } from './useText'

/** How things stand between what is typed and the server. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'signed-out' | 'conflict' | 'refused'

/** How many sends without an answer are remembered. */
const mostSent = 5
/** How often a save is repeated at once for what was typed, or came in, meanwhile. */
const mostRounds = 4
/** How long a creation waits for its place in the journal, in milliseconds. */
const patience = 300

/** Brings what is typed to the server, and says how that goes. A failing save changes nothing of the text. */
export function useSaving(text: Text, language: string, onCreated: (post: Post) => void) {
  const { known, draft, sent, creation, dirty, kept, merging, keep } = text
  const state = ref<SaveState>('saved')
  const errors = ref<FieldErrors>({})
  const problem = ref('')
  const timer = useSaveTimer(() => void save(1))
  let running: Promise<void> | null = null

  /** The server has this now. What was typed meanwhile stays and is still to be saved. */
  function accept(next: Known, content: Draft): void {
    // First of all which post it is: what follows is kept under its name.
    known.value = next
    sent.value = []
    for (const name of differences(next.base, content)) {
      // The server may tidy up what it was given (a slug from the title, names of tags).
      if (draft[name] === content[name]) Object.assign(draft, { [name]: next.base[name] })
    }
    errors.value = {}
    problem.value = ''
  }

  async function begin(): Promise<void> {
    const body = { language, ...changesBetween(emptyDraft(language), draft) }
    creation.value ??= { key: newKey(), body, draft: { ...draft } }
    const sending = creation.value
    keep()
    // Whatever happens to this page between question and answer, the next one asks the same again.
    await Promise.race([kept.settled(), new Promise((resolve) => window.setTimeout(resolve, patience))])
    const next = await create(sending)
    creation.value = null
    accept(next, sending.draft)
    if (next.post) onCreated(next.post)
  }

  async function update(): Promise<void> {
    const content = { ...draft }
    sent.value = [...sent.value, content].slice(-mostSent)
    keep()
    accept(await send(known.value, content), content)
  }

  /** Somebody else saved in between. */
  async function meet(post: Post): Promise<void> {
    const next = await fetchKnown(post.slug)
    const isDone = merging.bring(known.value.base, next.base, next)
    // Nothing may be left to save: what an unanswered request brought there is what the server has.
    state.value = !isDone ? 'conflict' : dirty.value ? 'unsaved' : 'saved'
    if (isDone && dirty.value) timer.at(0)
  }

  async function fail(error: unknown): Promise<void> {
    const { post } = known.value
    if (isPassing(error)) {
      state.value = 'offline'
      timer.at(retryDelay(error))
    } else if (isStale(error) && post) {
      await meet(post).catch(fail)
    } else if (error instanceof ProblemError && error.status === 401) {
      state.value = 'signed-out'
    } else if (error instanceof ProblemError) {
      creation.value = null
      sent.value = sent.value.slice(0, -1)
      state.value = 'refused'
      problem.value = error.detail || error.title
      errors.value = fieldErrors(error)
    } else throw error
  }

  async function once(): Promise<void> {
    state.value = 'saving'
    try {
      await (known.value.post ? update() : begin())
      state.value = dirty.value ? 'unsaved' : 'saved'
      if (dirty.value) timer.soon()
    } catch (error) {
      await fail(error)
    }
    keep()
  }

  /** Sends what is not saved yet; answers whether the server has all of it then. */
  async function save(rounds = mostRounds): Promise<boolean> {
    timer.clear()
    while (running) await running
    if (merging.conflict.value) return false
    for (let round = 0; round < rounds && (dirty.value || creation.value); round += 1) {
      running = once().finally(() => (running = null))
      await running
      if (state.value !== 'unsaved') break
    }
    return !dirty.value && !merging.conflict.value
  }

  /** Saves unless that waits for a session, or for a choice. */
  function autosave(): void {
    if (state.value !== 'signed-out' && (dirty.value || creation.value)) void save(1)
  }

  /** Something was typed, or changed otherwise. */
  function onTyped(): void {
    keep()
    if (merging.conflict.value || state.value === 'saving' || state.value === 'signed-out') return
    if (!dirty.value) {
      if (state.value === 'unsaved') state.value = 'saved'
    } else if (state.value !== 'offline') {
      state.value = 'unsaved'
      timer.soon()
    }
  }

  /** After a merge, a choice or a step: goes on from how things stand now. */
  function goOn(): void {
    state.value = merging.conflict.value ? 'conflict' : dirty.value ? 'unsaved' : 'saved'
    keep()
    autosave()
  }

  /** After signing in again. */
  function resume(): void {
    if (state.value === 'signed-out') goOn()
  }

  return { state, errors, problem, timer, save, autosave, onTyped, goOn, resume }
}

export type Saving = ReturnType<typeof useSaving>
