import { ref, shallowReactive, shallowRef, type Component } from 'vue'

import { withMessages } from '@/lib/messages'

/** What may be asked on any page; each is fetched when it is first needed. */
const sources = {
  'sign-in': () => import('./sign-in/SignInDialog.vue'),
  confirmation: () => import('./confirmation/ConfirmationDialog.vue'),
}

/** The dialogs that were needed so far; `App.vue` holds them. */
export const dialogs = shallowReactive(new Map<keyof typeof sources, Component>())

/** Makes sure that the dialog is there. Throws when it can't be fetched. */
export async function showDialog(name: keyof typeof sources): Promise<void> {
  if (dialogs.has(name)) return
  dialogs.set(name, (await withMessages<{ default: Component }>(sources[name])).default)
}

export interface Question {
  /** Whether only a second factor will do. */
  readonly factor: boolean
  /** What came of it: whether the person proved to be who they are. */
  readonly answer: (confirmed: boolean) => void
  readonly answered: Promise<boolean>
}

/** What `ConfirmationDialog.vue` is open for. */
export const question = shallowRef<Question>()

/** Whether `SignInDialog.vue` is open. */
export const signInOpen = ref(false)

/** Signs in without leaving the page, so that what was typed on it stays. Throws when the dialog can't be fetched. */
export async function openSignIn(): Promise<void> {
  await showDialog('sign-in')
  signInOpen.value = true
}
