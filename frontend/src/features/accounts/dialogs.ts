import { shallowReactive, type Component } from 'vue'

/** What may be asked on any page; each is fetched when it is first needed. */
const sources = {
  confirmation: () => import('./confirmation/ConfirmationDialog.vue'),
}

/** The dialogs that were needed so far; `App.vue` holds them. */
export const dialogs = shallowReactive(new Map<keyof typeof sources, Component>())

/** Makes sure that the dialog is there. Throws when it can't be fetched. */
export async function showDialog(name: keyof typeof sources): Promise<void> {
  if (dialogs.has(name)) return
  dialogs.set(name, (await sources[name]()).default)
}
